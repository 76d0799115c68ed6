package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an authority that people give, and looks whether servers could follow what it signs up to a root. */
public final class AuthorityFiles {
    private static final String UNREADABLE = "AuthorityUnreadable";
    private static final String MISMATCH = "AuthorityKeyMismatch";
    private static final String NO_AUTHORITY = "NotAnAuthority";

    /** Of the key usages of RFC 5280, in their order. */
    private static final int KEY_CERT_SIGN = 5;

    private AuthorityFiles() {}

    /** What the files hold. */
    public sealed interface Parsed {
        /** With its whole chain, up to a root. */
        record Read(Authority authority) implements Parsed {}

        /** A condition's reason, and why they cannot be used, in words that quote nothing of the key. */
        record Fault(String reason, String why) implements Parsed {}
    }

    /**
     * What three files hold.
     *
     * @param certificate {@code tls.crt}: its certificate, and after it those that vouch for it, as far as they are there
     * @param key {@code tls.key}
     * @param above {@code ca.crt}: others that vouch for it; empty where there is no such file
     */
    public record Files(String certificate, String key, String above) {}

    public static Parsed read(Files files, Instant now) {
        return switch (IdentityFiles.read(files.certificate(), files.key())) {
            case ClientIdentity.Parsed.Fault fault ->
                new Parsed.Fault(fault.reason().equals(IdentityFiles.MISMATCH) ? MISMATCH : UNREADABLE, fault.why());
            case ClientIdentity.Parsed.Read read -> chained(Authority.of(read.identity()), files.above(), now);
        };
    }

    private static Parsed chained(Authority own, String above, Instant now) {
        Certificates.Parsed more = above.isBlank()
                ? new Certificates.Parsed(List.of(), Optional.empty())
                : Certificates.parse(above, "ca.crt");
        if (more.fault().isPresent()) {
            return new Parsed.Fault(UNREADABLE, more.fault().get());
        }
        List<X509Certificate> all = Stream.concat(own.chain().stream(), more.certificates().stream())
                .distinct()
                .toList();
        List<X509Certificate> path = VouchedPath.of(
                all, all.stream().filter(Certificates::isSelfSigned).toList());
        List<Parsed> faults = new ArrayList<>();
        for (int below = 0; below < path.size(); below++) {
            unable(path.get(below), below).ifPresent(faults::add);
            untimely(path.get(below), now).ifPresent(faults::add);
        }
        rootless(path.getLast()).ifPresent(faults::add);
        return faults.isEmpty() ? new Parsed.Read(new Authority(path, own.key())) : faults.getFirst();
    }

    /** @param below how many other authorities stand between it and a client */
    private static Optional<Parsed> unable(X509Certificate certificate, int below) {
        int depth = certificate.getBasicConstraints();
        boolean[] usage = certificate.getKeyUsage();
        if (depth < 0) {
            return noAuthority(certificate, "is not an authority's: its basicConstraints do not say CA:TRUE");
        }
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return noAuthority(certificate, "may not sign certificates: its key usage lacks keyCertSign");
        }
        return depth < below
                ? noAuthority(certificate, "may not vouch for so many authorities below it: its pathlen is " + depth)
                : Optional.empty();
    }

    private static Optional<Parsed> noAuthority(X509Certificate certificate, String why) {
        return Optional.of(new Parsed.Fault(NO_AUTHORITY, "the certificate " + named(certificate) + " " + why));
    }

    private static Optional<Parsed> untimely(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (!now.isBefore(until)) {
            return Optional.of(new Parsed.Fault(
                    "AuthorityExpired", "%s expired at %s: put another there".formatted(named(certificate), until)));
        }
        return now.isBefore(from)
                ? Optional.of(new Parsed.Fault(
                        "AuthorityNotYetValid", "%s is good from %s on".formatted(named(certificate), from)))
                : Optional.empty();
    }

    /** OpenSSL verifies up to a root, and takes an authority below one for no end of a chain. */
    private static Optional<Parsed> rootless(X509Certificate last) {
        return Certificates.isSelfSigned(last)
                ? Optional.empty()
                : Optional.of(new Parsed.Fault(
                        "AuthorityIncomplete",
                        "%s was signed by %s, whose certificate is neither in tls.crt nor in ca.crt: put it there, and those above it up to the root, up to which servers verify"
                                .formatted(named(last), Subjects.of(last.getIssuerX500Principal()))));
    }

    private static String named(X509Certificate certificate) {
        return "%s (SHA-256 %s)".formatted(Certificates.subject(certificate), Certificates.sha256(certificate));
    }
}
