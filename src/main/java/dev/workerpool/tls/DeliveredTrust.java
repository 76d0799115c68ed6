package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom a server is told to trust where others issue, and their authority may become another without anybody saying so: everything in use or
 * coming.
 *
 * @param own what the operator itself was delivered
 * @param others what other holders were
 * @param published what servers are told to trust now
 * @param provenBy the fingerprint of whose certificates the server was seen to take last; empty where none
 */
public record DeliveredTrust(Delivery own, List<Delivery> others, Set<X509Certificate> published, String provenBy) {
    public DeliveredTrust {
        others = List.copyOf(others);
        published = Set.copyOf(published);
    }

    /** The fingerprint of an authority that has begun to sign others, and not the operator, which is to be the first. */
    public Optional<String> ahead() {
        return others.stream()
                .filter(other -> !isOfOwn(other) && other.from().isAfter(own.from()))
                .max(Comparator.comparing(Delivery::from))
                .map(Delivery::signedBy);
    }

    /** What servers are to trust, nothing being dropped. */
    public List<X509Certificate> bundle() {
        Set<X509Certificate> all = new LinkedHashSet<>(current());
        all.addAll(former());
        return List.copyOf(all);
    }

    /** The same when nobody has anything of a former authority any more. */
    public List<X509Certificate> current() {
        return Stream.concat(Stream.of(own), others.stream())
                .flatMap(delivery -> delivery.anchors().stream())
                .distinct()
                .toList();
    }

    /** Trusted, and of nothing that is delivered now. */
    public List<X509Certificate> former() {
        List<X509Certificate> current = current();
        return published.stream()
                .filter(certificate -> !current.contains(certificate))
                // In the same order each time.
                .sorted(Comparator.comparing(Certificates::sha256))
                .toList();
    }

    /** Whether the server was seen to take what the operator was delivered. */
    public boolean isProven() {
        return Objects.equals(provenBy, own.signedBy());
    }

    /** Whether all were delivered what the operator was proven with. */
    public boolean isAlike() {
        return isProven() && others.stream().allMatch(this::isOfOwn);
    }

    private boolean isOfOwn(Delivery other) {
        return other.signedBy().equals(own.signedBy());
    }
}
