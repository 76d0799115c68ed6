package dev.workerpool.testing.jobs;

/** What a server presents: its certificate and the private key (PKCS#8), both in PEM. */
public record Leaf(String certificatePem, String keyPem) {
    @Override
    public String toString() {
        return "Leaf[a certificate and its key]";
    }
}
