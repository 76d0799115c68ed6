package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client certificate that somebody else issued, with what there is to tell servers of who did.
 *
 * @param signer whose key signed it
 * @param anchors what a server is to trust, so that it takes it
 */
public record Delivery(ClientIdentity identity, X509Certificate signer, List<X509Certificate> anchors) {
    public Delivery {
        anchors = List.copyOf(anchors);
    }

    /** What was delivered. */
    public sealed interface Read {
        record Good(Delivery delivery) implements Read {}

        /** A condition's reason, and why it cannot be used, in words that quote nothing of the key. */
        record Fault(String reason, String why) implements Read {}

        /** Empty where it is none. */
        default Optional<Delivery> usable() {
            return this instanceof Good good ? Optional.of(good.delivery()) : Optional.empty();
        }
    }

    /**
     * What files are delivered as.
     *
     * @param authorities those of the issuer; empty where it told none
     */
    public record Files(String certificate, String key, String authorities) {}

    /** @param holder for whom it was asked for */
    public static Read read(Files files, Holder holder, Instant now) {
        return switch (ClientIdentity.parse(files.certificate(), files.key())) {
            case ClientIdentity.Parsed.Fault fault -> new Read.Fault(fault.reason(), fault.why());
            case ClientIdentity.Parsed.Read read -> checked(read.identity(), files.authorities(), holder, now);
        };
    }

    private static Read checked(ClientIdentity identity, String authorities, Holder holder, Instant now) {
        X509Certificate leaf = identity.certificate();
        if (now.isAfter(identity.notAfter())) {
            return new Read.Fault("ClientCertificateExpired", told(leaf) + " expired at " + identity.notAfter());
        }
        if (!holder.isNamedIn(leaf)) {
            return new Read.Fault(
                    "CertificateNamesMissing",
                    told(leaf) + " lacks the URI that was asked for, " + holder.uri()
                            + ": name an issuer that keeps URIs");
        }
        if (Certificates.isSelfSigned(leaf)) {
            return new Read.Fault(
                    "AuthorityNotTold",
                    told(leaf) + " is its own issuer, and a server would have to trust each holder by itself: "
                            + "name an issuer with an authority, such as one of kind CA");
        }
        return vouched(identity, Certificates.parse(authorities).certificates());
    }

    private static Read vouched(ClientIdentity identity, List<X509Certificate> told) {
        List<X509Certificate> path = VouchedPath.of(identity.chain(), told);
        X509Certificate last = path.getLast();
        return told.contains(last) && path.size() > 1
                ? new Read.Good(new Delivery(identity, path.get(1), List.of(last)))
                : new Read.Fault(
                        "AuthorityNotTold",
                        "the issuer of " + told(identity.certificate())
                                + " does not say which authority it is verified by (no ca.crt that leads to it), so no server can be "
                                + "told: name one that does, such as one of kind CA or Vault");
    }

    private static String told(X509Certificate leaf) {
        return "the client certificate %s (SHA-256 %s)"
                .formatted(Certificates.subject(leaf), Certificates.sha256(leaf));
    }

    /** The fingerprint of who signed it. */
    public String signedBy() {
        return Certificates.sha256(signer);
    }

    public Instant from() {
        return identity.certificate().getNotBefore().toInstant();
    }
}
