package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.signing.CeleryVersion;
import dev.workerpool.testing.signing.Signers;
import dev.workerpool.testing.signing.SigningKey;
import dev.workerpool.testing.trust.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where signing is asked for and not possible, neither worker nor client goes on: code 78 and a line that says the cure. */
class CelerySigningRefusedIT {
    private static final String MAIL = "pool/mail";
    private static final String SECRET = "s3cret";

    @TempDir
    private Path folder;

    /** What is wrong with what is mounted, and what must be said of it. */
    enum Broken {
        VERSION("is not of version 1"),
        NO_SELF("self is not a text"),
        NO_KEY_FILE("cannot be read"),
        EMPTY_STORE("matches no file"),
        NO_SIGNERS("lists no signers"),
        NO_SIGNERS_FILE("cannot be read"),
        NO_TASKS("tasks is no list of texts"),
        ACCEPT_FROM_A_TEXT("acceptFrom is no list of texts"),
        NO_KEY("is no private key"),
        ANOTHER_KEY("key and certificate do not belong together"),
        NO_CERTIFICATE("no certificate of an RSA key"),
        ELLIPTIC_CURVE("no certificate of an RSA key"),
        EXPIRED("has expired"),
        SAME_CERTIFICATE("two signers have the same certificate");

        private final String said;

        Broken(String said) {
            this.said = said;
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfTheAppRunsWhereWhatIsMountedCannotBeUsed(Broken broken) throws IOException {
        Map<String, String> signing = broken(broken);
        for (boolean worker : new boolean[] {true, false}) {
            Ran ran = importsCelery(CeleryVersion.V5_7_0, worker, signing);
            isRefused(ran, broken.said);
        }
    }

    @Test
    void theSigningFileMustBeThereAndBeJson() throws IOException {
        Path none = folder.resolve("none.json");
        isRefused(
                importsCelery(CeleryVersion.V5_7_0, true, Map.of("WORKERPOOL_SIGNING", none.toString())), "cannot be");
        Files.writeString(none, "{\"version\": 1, \"self\": \"" + SECRET);
        isRefused(
                importsCelery(CeleryVersion.V5_7_0, false, Map.of("WORKERPOOL_SIGNING", none.toString())), "not JSON");
    }

    @Test
    void anImageWithoutCryptographyIsToldHowToGetIt() throws IOException {
        Path hiding = Files.createDirectory(folder.resolve("hiding"));
        Files.writeString(hiding.resolve("cryptography.py"), "raise ImportError");
        Map<String, String> variables = new HashMap<>(good().variables(MAIL));
        variables.put("PYTHONPATH", hiding.toString());
        isRefused(importsCelery(CeleryVersion.V5_7_0, true, variables), "pip install 'celery[auth]'");
    }

    @Test
    void celery_5_4_0_whoseSigningIsBrokenIsNamed() {
        for (boolean worker : new boolean[] {true, false}) {
            Ran ran = importsCelery(CeleryVersion.V5_4_0, worker, good().variables(MAIL));
            assertEquals(78, ran.code(), ran::toString);
            assertEquals("", ran.out());
            assertTrue(ran.err().contains("signing is broken in Celery 5.4.0"), ran::err);
        }
    }

    @Test
    void aPythonThatWouldNotLoadTheCodeIsRefused() {
        List<String> words = new ArrayList<>(new PythonCode().wrapper());
        words.addAll(List.of(CeleryVersion.V5_7_0.python(), "-I", "-c", "print('app')"));
        Ran ran = Ran.command(good().variables(MAIL), words);
        assertEquals(78, ran.code(), ran::err);
        assertEquals("", ran.out());
    }

    @Test
    void anAppWithoutCeleryGoesOn() {
        List<String> words = new ArrayList<>(new PythonCode().wrapper());
        words.addAll(List.of(CeleryVersion.V5_7_0.python(), "-c", "import sys; print('cryptography' in sys.modules)"));
        Ran ran = Ran.command(good().variables(MAIL), words);
        assertEquals("False", ran.out().strip(), ran::err);
    }

    @Test
    void withoutTheVariableCeleryIsLeftAlone() {
        Ran ran = importsCelery(CeleryVersion.V5_7_0, false, Map.of());
        assertEquals("app json", ran.out().strip(), ran::err);
        Ran signed = importsCelery(CeleryVersion.V5_7_0, false, good().variables(MAIL));
        assertEquals("app auth", signed.out().strip(), signed::err);
    }

    private Signers good() {
        return new Signers(folder).with(MAIL, "*").with("client/web", "mail.*");
    }

    private Map<String, String> broken(Broken broken) throws IOException {
        Signers signers = good();
        if (broken == Broken.EXPIRED) {
            signers.with(MAIL, Duration.ofHours(-1), "*");
        }
        if (broken == Broken.ELLIPTIC_CURVE) {
            signers.with(MAIL, SigningKey.ellipticCurve(), "*");
        }
        ObjectNode said = signers.said(MAIL);
        Path key = Path.of(said.get("key").asText());
        ObjectNode first = (ObjectNode) said.get("signers").get(0);
        switch (broken) {
            case VERSION -> said.put("version", 2);
            case NO_SELF -> said.remove("self");
            case NO_KEY_FILE -> Files.delete(key);
            case EMPTY_STORE ->
                said.put("store", folder.resolve("nothing-*.crt").toString());
            case NO_SIGNERS -> said.putArray("signers");
            case NO_SIGNERS_FILE -> first.put("file", "nowhere.crt");
            case NO_TASKS -> first.remove("tasks");
            case ACCEPT_FROM_A_TEXT -> said.put("acceptFrom", SECRET);
            case NO_KEY -> Files.writeString(key, SECRET);
            case ANOTHER_KEY ->
                Files.writeString(key, SigningKey.rsa(Duration.ofDays(1)).keyPem());
            case NO_CERTIFICATE ->
                Files.writeString(Path.of(said.get("certificate").asText()), SECRET);
            case SAME_CERTIFICATE -> first.put("file", "signer-client-web-1.crt");
            case ELLIPTIC_CURVE, EXPIRED -> {}
        }
        return signers.written(MAIL, said);
    }

    /** As a worker is started, by the wrapper, or as a client is, with the code on its PYTHONPATH. */
    private static Ran importsCelery(CeleryVersion celery, boolean worker, Map<String, String> variables) {
        PythonCode code = new PythonCode();
        List<String> command = new ArrayList<>(worker ? code.wrapper() : List.of());
        command.addAll(List.of(
                celery.python(), "-c", "from celery import Celery; print('app', Celery().conf.task_serializer)"));
        Map<String, String> all = new HashMap<>(worker ? Map.of() : code.loading());
        all.putAll(variables);
        return Ran.command(all, command);
    }

    private static void isRefused(Ran ran, String said) {
        assertAll(
                () -> assertEquals(78, ran.code(), ran::toString),
                () -> assertEquals("", ran.out()),
                () -> assertEquals(1, ran.err().lines().count(), ran::err),
                () -> assertTrue(ran.err().contains("WORKERPOOL_SIGNING"), ran::err),
                () -> assertTrue(ran.err().contains(said), ran::err),
                () -> assertFalse(ran.err().contains(SECRET), ran::err));
    }
}
