package dev.workerpool.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * PKCS#12 (RFC 7292), as the JDK writes it: AES-256 and HMAC-SHA-256, which Java since 8u301 and OpenSSL since 1.1 read. No two are the same:
 * their salts differ.
 */
public final class KeyStores {
    private static final String KIND = "PKCS12";

    private KeyStores() {}

    /** Whether a password can be used: the JDK takes nothing but printable ASCII. */
    public static boolean takes(String password) {
        return !password.isEmpty() && password.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }

    /** The key with its chain. */
    public static byte[] of(ClientIdentity identity, String password) {
        return written(
                password,
                store -> store.setKeyEntry(
                        "client",
                        identity.key(),
                        password.toCharArray(),
                        identity.chain().toArray(X509Certificate[]::new)));
    }

    /** Certificates that are trusted. */
    public static byte[] trusting(List<X509Certificate> roots, String password) {
        return written(password, store -> {
            for (int at = 0; at < roots.size(); at++) {
                store.setCertificateEntry("ca-" + at, roots.get(at));
            }
        });
    }

    private interface Filling {
        void of(KeyStore store) throws GeneralSecurityException;
    }

    private static byte[] written(String password, Filling filling) {
        try {
            KeyStore store = KeyStore.getInstance(KIND);
            store.load(null, null);
            filling.of(store);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password.toCharArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            // Without its cause's message, which may tell of the key.
            throw new IllegalStateException(
                    "a keystore could not be written: " + e.getClass().getSimpleName());
        }
    }
}
