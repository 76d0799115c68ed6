package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which certificates a verified chain stands on: from the server's own to the root that vouches for it. */
public final class VouchedPath {
    private VouchedPath() {}

    /**
     * The server's certificate first, the root last. What a server presents besides is left out. Verifies no more than who
     * signed whom.
     *
     * @param presented in the server's order, its own certificate first
     */
    public static List<X509Certificate> of(List<X509Certificate> presented, List<X509Certificate> roots) {
        List<X509Certificate> left = new ArrayList<>(presented);
        List<X509Certificate> path = new ArrayList<>();
        Optional<X509Certificate> next = presented.stream().findFirst();
        while (next.isPresent()) {
            X509Certificate certificate = next.get();
            path.add(certificate);
            left.remove(certificate);
            next = roots.contains(certificate)
                    ? Optional.empty()
                    : signer(certificate, roots).or(() -> signer(certificate, left));
        }
        return List.copyOf(path);
    }

    private static Optional<X509Certificate> signer(X509Certificate of, List<X509Certificate> among) {
        return among.stream()
                .filter(candidate -> Certificates.signed(candidate, of))
                .findFirst();
    }
}
