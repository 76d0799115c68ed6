/** Certificates and trust: what is in a bundle, what may vouch for a broker. Pure; key material is never kept here. */
@NullMarked
package dev.workerpool.tls;

import org.jspecify.annotations.NullMarked;
