/**
 * Brokers as the operator sees them: addresses, logins, probes and measuring, behind ports.
 * Only the adapters in the rooms below this one know a broker's client library.
 */
@NullMarked
package dev.workerpool.broker;

import org.jspecify.annotations.NullMarked;
