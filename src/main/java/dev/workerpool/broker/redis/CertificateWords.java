package dev.workerpool.broker.redis;

import dev.workerpool.tls.Certificates;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a certificate was refused, in words that name it. */
final class CertificateWords {
    private static final int MOST_NAMES = 8;
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    private CertificateWords() {}

    static String unknownAuthority(X509Certificate[] chain, int roots) {
        X509Certificate server = chain[0];
        X509Certificate last = chain[chain.length - 1];
        String why;
        if (!selfSigned(last)) {
            why = "was issued by %s, which is not among the trusted authorities (%d)"
                    .formatted(name(last.getIssuerX500Principal().getName()), roots);
        } else if (chain.length == 1) {
            why = "is self-signed and not among the trusted authorities (%d)".formatted(roots);
        } else {
            why =
                    "has a self-signed certificate in its chain, %s (SHA-256 %s), which is not among the trusted authorities (%d)"
                            .formatted(
                                    name(last.getSubjectX500Principal().getName()), Certificates.sha256(last), roots);
        }
        return "the server's certificate %s %s; add that authority's certificate to the broker's trust"
                .formatted(describe(server), why);
    }

    static String wrongName(X509Certificate server, @Nullable String asked) {
        return "the server's certificate %s is for %s, not for %s; connect by a name it has, or have it issued for this one"
                .formatted(describe(server), names(server), asked);
    }

    static String notValidNow(X509Certificate[] chain, Throwable refusal) {
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException e) {
                return "%s expired at %s; the server needs a new one"
                        .formatted(
                                which(certificate, chain),
                                certificate.getNotAfter().toInstant());
            } catch (CertificateNotYetValidException e) {
                return "%s is valid only from %s on; is a clock wrong?"
                        .formatted(
                                which(certificate, chain),
                                certificate.getNotBefore().toInstant());
            }
        }
        return "a certificate of the server's chain is not valid now: " + refusal.getMessage();
    }

    private static String which(X509Certificate certificate, X509Certificate[] chain) {
        String role =
                certificate.equals(chain[0]) ? "the server's certificate " : "a certificate in the server's chain, ";
        return role + describe(certificate);
    }

    private static String describe(X509Certificate certificate) {
        return "%s (SHA-256 %s)"
                .formatted(name(certificate.getSubjectX500Principal().getName()), Certificates.sha256(certificate));
    }

    private static String name(String distinguished) {
        return distinguished.isEmpty() ? "without a subject" : distinguished;
    }

    private static boolean selfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    int kind = (Integer) alternative.get(0);
                    if (kind == DNS_NAME || kind == ADDRESS) {
                        names.add(String.valueOf(alternative.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return "names that cannot be read";
        }
        if (names.isEmpty()) {
            return "no name at all";
        }
        String most = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? most + " and " + (names.size() - MOST_NAMES) + " more" : most;
    }
}
