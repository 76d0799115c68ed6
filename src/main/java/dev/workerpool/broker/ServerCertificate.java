package dev.workerpool.broker;

import java.time.Instant;

/**
 * One of the certificates by which a server was verified.
 *
 * @param sha256 of its DER encoding, in lower-case hexadecimal
 * @param notBefore when it begins
 * @param notAfter when it ends
 */
public record ServerCertificate(String subject, String issuer, String sha256, Instant notBefore, Instant notAfter) {}
