package dev.workerpool.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who signs client certificates.
 *
 * @param chain its own certificate first, then those that vouch for it, where there are any
 */
public record Authority(List<X509Certificate> chain, PrivateKey key) {
    public Authority {
        chain = List.copyOf(chain);
    }

    /** One that vouches for itself. */
    public static Authority selfSigned(String commonName, FreshKey fresh, Validity validity) {
        return new Authority(
                List.of(Signing.authority(commonName, fresh, validity)),
                fresh.keys().getPrivate());
    }

    /** What was read from two files. */
    public static Authority of(ClientIdentity files) {
        return new Authority(files.chain(), files.key());
    }

    /** @param fresh the holder's, which leaves it in one Secret alone */
    public ClientIdentity issue(Holder holder, FreshKey fresh, Validity validity) {
        X509Certificate leaf = Signing.leaf(this, holder, fresh, validity.within(this));
        Stream<X509Certificate> between = chain.stream().filter(certificate -> !Certificates.isSelfSigned(certificate));
        return new ClientIdentity(
                Stream.concat(Stream.of(leaf), between).toList(), fresh.keys().getPrivate());
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The fingerprint of its certificate. */
    public String sha256() {
        return Certificates.sha256(certificate());
    }

    /** What a server is told to trust: the roots, or where there is none the last in the chain. */
    public List<X509Certificate> anchors() {
        List<X509Certificate> roots =
                chain.stream().filter(Certificates::isSelfSigned).toList();
        return roots.isEmpty() ? List.of(chain.getLast()) : roots;
    }

    /** The end of whichever certificate of the chain ends first. */
    public Instant notAfter() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    public Instant notBefore() {
        return certificate().getNotBefore().toInstant();
    }

    /** Whether this very authority signed that certificate. */
    public boolean signed(X509Certificate other) {
        return Certificates.signed(certificate(), other);
    }

    /** Whether its certificate says that it is an authority's. */
    public boolean maySign() {
        return certificate().getBasicConstraints() >= 0;
    }

    /** Its chain as a file {@code tls.crt} holds it. */
    public String certificatePem() {
        return new ClientIdentity(chain, key).certificatePem();
    }

    /** Its key as a file {@code tls.key} holds it. */
    public String keyPem() {
        return new ClientIdentity(chain, key).keyPem();
    }

    @Override
    public String toString() {
        return "Authority[" + certificate().getSubjectX500Principal() + "]";
    }
}
