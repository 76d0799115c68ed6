package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.trust.Told;
import dev.workerpool.testing.trust.TrustFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A library for Redis by itself: every way in which an app can tell it to verify nothing, and all that is not its broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LibraryContract {
    private static final Leaf NO_LEAF = new Leaf("", "");
    private static final Pattern UNVERIFIED = Pattern.compile("self.signed|unable to (get|verify)|first certificate");
    private static final Pattern MISNAMED = Pattern.compile("hostname mismatch|altnames");

    final PrivateCa ca = PrivateCa.create();
    final RedisServer right = RedisServer.start(RedisOptions.tls(ca));
    final RedisServer misnamed = RedisServer.start(RedisOptions.tls(ca, ca.leafOfAnotherName()));
    final RedisServer impostor = RedisServer.start(RedisOptions.tls(PrivateCa.create()));

    @TempDir
    Path folder;

    Map<String, String> trust = Map.of();

    /** What a script of {@code src/test/apps/trust} says, run by the wrapper; its name is without an ending. */
    abstract List<String> say(Map<String, String> trust, String script, String... words);

    @BeforeEach
    void tellOfAll() {
        trust = told(Told.full());
    }

    @AfterAll
    void end() {
        right.close();
        misnamed.close();
        impostor.close();
    }

    @Test
    void whateverTheAppSaysTheRightServerIsTaken() {
        List<String> said =
                say(trust, "own-options", right.url(), impostor.caFile().toString());
        assertTrue(said.size() > 8, said::toString);
        assertAll(said.stream().map(line -> () -> assertTrue(line.endsWith(": connects"), line)));
    }

    @Test
    void whateverTheAppSaysAnImpostorIsRefused() {
        List<String> said =
                say(trust, "own-options", impostor.url(), impostor.caFile().toString());
        assertTrue(said.size() > 8, said::toString);
        areRefused(said, UNVERIFIED);
    }

    @Test
    void whateverTheAppSaysAServerOfAnotherNameIsRefused() {
        List<String> said =
                say(trust, "own-options", misnamed.url(), impostor.caFile().toString());
        assertTrue(said.size() > 8, said::toString);
        areRefused(said, MISNAMED);
    }

    @Test
    void withoutTheFileAnAppMayConnectToAnybody() {
        List<String> said =
                say(Map.of(), "own-options", impostor.url(), impostor.caFile().toString());
        assertTrue(said.contains("no verification: connects"), said::toString);
    }

    @Test
    void childrenOfEveryKindTakeTheRightServer() {
        List<String> said = say(trust, "children", right.url());
        assertTrue(said.size() >= 4, said::toString);
        assertAll(said.stream().map(line -> () -> assertTrue(line.endsWith(": connects"), line)));
    }

    @Test
    void childrenOfEveryKindRefuseAnImpostor() {
        List<String> said = say(trust, "children", impostor.url());
        assertTrue(said.size() >= 4, said::toString);
        areRefused(said, UNVERIFIED);
    }

    @Test
    void everyOtherServerIsTheAppsOwnAffair() {
        try (RedisServer cache = RedisServer.plain();
                RedisServer other = RedisServer.start(RedisOptions.tls(ca))) {
            List<String> said = say(
                    trust,
                    "others",
                    right.url(),
                    cache.url(),
                    other.url(),
                    other.caFile().toString());
            assertAll(
                    () -> assertTrue(said.contains("broker: connects"), said::toString),
                    () -> assertTrue(said.contains("plain cache: connects"), said::toString),
                    // The broker's authority is not the process's.
                    () -> areRefused(starting(said, "other TLS server:"), UNVERIFIED),
                    () -> assertTrue(said.contains("other TLS server, unverified: connects"), said::toString),
                    () -> assertTrue(said.contains("other TLS server, its authority: connects"), said::toString),
                    () -> areRefused(starting(said, "broker without TLS"), Pattern.compile("takes TLS only")));
        }
    }

    @Test
    void theServerIsAskedForTheNameToVerify() {
        try (Listening server = new Listening()) {
            String url = "rediss://localhost:" + server.port();
            say(told(Told.full().naming("elsewhere.example"), server.port()), "children", url, "asking");
            String hello = server.firstBytes();
            assertTrue(hello.contains("elsewhere.example"), hello);
            assertFalse(hello.contains("localhost"), hello);
        }
    }

    @Test
    void certificatesThatWereRenewedAreUsedByTheNextConnection() {
        String file = folder.resolve("ca.crt").toString();
        List<String> said =
                say(trust, "renewed", impostor.url(), file, impostor.caFile().toString());
        assertEquals("after: connects", said.get(1));
        areRefused(said.subList(0, 1), UNVERIFIED);
        assertAll(said.stream().skip(2).map(line -> () -> assertTrue(line.contains(": refused: "), line)));
    }

    static void areRefused(List<String> said, Pattern why) {
        assertFalse(said.isEmpty());
        assertAll(said.stream().map(line -> () -> {
            assertTrue(line.contains(": refused: "), line);
            assertTrue(why.matcher(line).find(), line);
        }));
    }

    static void areUnverified(List<String> said) {
        areRefused(said, UNVERIFIED);
    }

    private static List<String> starting(List<String> said, String prefix) {
        return said.stream().filter(line -> line.startsWith(prefix)).toList();
    }

    private Map<String, String> told(Told told) {
        return new TrustFolder(folder)
                .write(List.of(right.port(), misnamed.port(), impostor.port()), told, ca, NO_LEAF);
    }

    private Map<String, String> told(Told told, int port) {
        return new TrustFolder(folder).write(port, told, ca, NO_LEAF);
    }
}
