/**
 * Certificates and trust: what is in a bundle, what may vouch for a broker, who a client is, who signs its clients' certificates and who comes after. Pure:
 * keys are handed in, and never kept here.
 */
@NullMarked
package dev.workerpool.tls;

import org.jspecify.annotations.NullMarked;
