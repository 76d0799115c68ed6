package dev.workerpool.operator;

import dev.workerpool.tls.ClientIdentity;

/**
 * What the operator was issued for a Broker, and presents there.
 *
 * @param by the fingerprint of who signed it: never without, as an identity of nobody's issuing is given to all pools
 */
record Issued(ClientIdentity identity, String by) {}
