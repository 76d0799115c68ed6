package dev.workerpool.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whom a client certificate names.
 *
 * @param commonName by which some brokers log a client in; at most 64 characters (RFC 5280, upper bounds)
 * @param uri a SPIFFE ID
 * @param dns under {@code .internal}, which ICANN keeps out of the public DNS for good: nobody else's name; none where it would be too
 *     long for one
 */
public record Holder(String commonName, String uri, Optional<String> dns) {
    private static final int LONGEST_COMMON_NAME = 64;
    private static final int LONGEST_NAME = 253;

    /** Among a certificate's names (RFC 5280, GeneralName). */
    private static final int URI_NAME = 6;

    /** The workers of a pool. */
    public static Holder pool(String namespace, String name) {
        return of("workerpool", namespace, name);
    }

    /** Who sends jobs through a Broker. */
    public static Holder client(String namespace, String broker, String name) {
        return of("broker", namespace, name + ".client." + broker, name, broker + "/client/" + name);
    }

    /** The operator itself, where it tries and measures a Broker. */
    public static Holder operator(String namespace, String broker) {
        return of("broker", namespace, "operator." + broker, "operator", broker + "/operator");
    }

    /** Whether a certificate was issued to it. */
    public boolean isNamedIn(X509Certificate certificate) {
        return uris(certificate).anyMatch(uri::equals);
    }

    private static Stream<Object> uris(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> Objects.equals(name.getFirst(), URI_NAME))
                    .map(name -> name.get(1));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }

    private static Holder of(String kind, String namespace, String name) {
        return of(kind, namespace, name, name, name);
    }

    private static Holder of(String kind, String namespace, String domain, String name, String path) {
        String dns = "%s.%s.%s.workerpool.internal".formatted(domain, kind, namespace);
        return new Holder(
                name.length() <= LONGEST_COMMON_NAME ? name : name.substring(0, LONGEST_COMMON_NAME),
                "spiffe://workerpool.dev/ns/%s/%s/%s".formatted(namespace, kind, path),
                Optional.of(dns).filter(text -> text.length() <= LONGEST_NAME));
    }
}
