package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.AnAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By those who read them: the JDK and OpenSSL. */
class KeyStoresTest {
    private static final String PASSWORD = "change it";
    private static final ClientIdentity MAIL = AnIdentity.named("mail");
    private static final AnAuthority ROOT = AnAuthority.root("Corp");

    @Test
    void the_JDK_reads_the_key_with_its_chain() throws GeneralSecurityException, IOException {
        KeyStore store = read(KeyStores.of(MAIL, PASSWORD));
        assertEquals(List.of("client"), Collections.list(store.aliases()));
        assertEquals(MAIL.key(), store.getKey("client", PASSWORD.toCharArray()));
        assertEquals(MAIL.chain(), List.of(store.getCertificateChain("client")));
    }

    @Test
    void the_JDK_trusts_what_is_to_be_trusted() throws GeneralSecurityException, IOException {
        KeyStore store = read(KeyStores.trusting(List.of(ROOT.certificate()), PASSWORD));
        assertTrue(store.isCertificateEntry("ca-0"));
        assertEquals(ROOT.certificate(), store.getCertificate("ca-0"));
    }

    @Test
    void OpenSSL_reads_both(@TempDir Path folder) throws IOException, InterruptedException {
        String key = openssl(folder, KeyStores.of(MAIL, PASSWORD));
        assertEquals(MAIL, parsed(key));
        String trusted = openssl(folder, KeyStores.trusting(List.of(ROOT.certificate()), PASSWORD));
        assertEquals(List.of(ROOT.certificate()), Certificates.parse(trusted).certificates());
        assertFalse(trusted.contains("PRIVATE KEY"));
    }

    @Test
    void another_password_opens_nothing() {
        assertThrows(IOException.class, () -> {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(KeyStores.of(MAIL, PASSWORD)), "other".toCharArray());
        });
    }

    @Test
    void a_password_that_the_JDK_does_not_take_is_known_before() {
        assertTrue(KeyStores.takes("change it!~"));
        assertFalse(KeyStores.takes(""));
        assertFalse(KeyStores.takes("größer"));
        assertFalse(KeyStores.takes("two\nlines"));
    }

    private static ClientIdentity parsed(String pem) {
        return switch (ClientIdentity.parse(pem, pem)) {
            case ClientIdentity.Parsed.Read read -> read.identity();
            case ClientIdentity.Parsed.Fault fault -> throw new AssertionError(fault.why());
        };
    }

    private static KeyStore read(byte[] bytes) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), PASSWORD.toCharArray());
        return store;
    }

    private static String openssl(Path folder, byte[] store) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("store.p12"), store);
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        Path out = folder.resolve("out.pem");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "pkcs12",
                        "-in",
                        in.toString(),
                        "-passin",
                        "file:" + password,
                        "-nodes",
                        "-out",
                        out.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(openssl.waitFor(30, TimeUnit.SECONDS), "openssl ends");
        assertEquals(0, openssl.exitValue(), said);
        return Files.readString(out);
    }
}
