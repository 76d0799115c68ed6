package dev.workerpool.broker.dialling;

import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.Subjects;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Why a certificate was refused, in words that name it. */
public final class CertificateWords {
    /** Lines for the Broker's spec. */
    private static final String TRUST_IT = """
            tls:
              trust: {source: Bundle, bundle: {configMapKeyRef: {name: broker-ca, key: ca.crt}}}""";

    private static final Pattern HOST_NAME = Pattern.compile("[-\\w]+([.][-\\w]+)*");
    private static final int MOST_NAMES = 8;
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    private CertificateWords() {}

    static String unknownAuthority(X509Certificate[] chain, List<X509Certificate> roots, Throwable refusal) {
        X509Certificate server = chain[0];
        X509Certificate last = chain[chain.length - 1];
        if (isKnown(last, roots)) {
            return "the server's certificate %s does not hold, though an authority of that name is trusted: %s; the server needs another one"
                    .formatted(describe(server), said(refusal));
        }
        String why;
        if (!selfSigned(last)) {
            why = "was issued by %s, which is not among the trusted authorities (%d)"
                    .formatted(name(last.getIssuerX500Principal()), roots.size());
        } else if (chain.length == 1) {
            why = "is self-signed and not among the trusted authorities (%d)".formatted(roots.size());
        } else {
            why =
                    "has a self-signed certificate in its chain, %s (SHA-256 %s), which is not among the trusted authorities (%d)"
                            .formatted(name(last.getSubjectX500Principal()), Certificates.sha256(last), roots.size());
        }
        return "the server's certificate %s %s; add that authority's certificate to the broker's trust:\n%s"
                .formatted(describe(server), why, TRUST_IT);
    }

    /** Then it is not for want of an authority that it was refused. */
    private static boolean isKnown(X509Certificate last, List<X509Certificate> roots) {
        return selfSigned(last)
                ? roots.contains(last)
                : roots.stream().anyMatch(root -> root.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
    }

    /** In the JDK's words. */
    private static String said(Throwable refusal) {
        Throwable deepest = refusal;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return Subjects.readable(String.valueOf(deepest.getMessage()));
    }

    static String wrongName(X509Certificate server, @Nullable String asked) {
        List<String> names = names(server);
        // Nothing else of it belongs into lines that people copy.
        String cure = names.stream()
                .filter(name -> HOST_NAME.matcher(name).matches())
                .findFirst()
                .map(name ->
                        "connect by a name it has, have it issued for this one, or, where it is the right server, say by which name:\n"
                                + "tls:\n  serverName: " + name)
                .orElse("have one issued for this name");
        return "the server's certificate %s is for %s, not for %s; %s"
                .formatted(describe(server), inWords(names), asked, cure);
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
                .formatted(name(certificate.getSubjectX500Principal()), Certificates.sha256(certificate));
    }

    private static String name(X500Principal who) {
        String distinguished = Subjects.of(who);
        return distinguished.isEmpty() ? "without a subject" : distinguished;
    }

    private static boolean selfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return alternatives == null
                    ? List.of()
                    : alternatives.stream()
                            .filter(CertificateWords::isName)
                            .map(alternative -> Subjects.readable(String.valueOf(alternative.get(1))))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static boolean isName(List<?> alternative) {
        int kind = (Integer) alternative.get(0);
        return kind == DNS_NAME || kind == ADDRESS;
    }

    private static String inWords(List<String> names) {
        if (names.isEmpty()) {
            return "no name at all";
        }
        String most = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? most + " and " + (names.size() - MOST_NAMES) + " more" : most;
    }
}
