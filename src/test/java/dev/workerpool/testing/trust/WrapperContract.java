package dev.workerpool.testing.trust;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.PrivateCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each wrapper, and the code behind it, must do before and beside any connection. */
public abstract class WrapperContract {
    private static final int CONFIGURATION_ERROR = 78;

    @TempDir
    protected Path folder;

    protected abstract WrappedCommand language();

    @ParameterizedTest
    @EnumSource
    void nothingOfTheAppRunsWhereTheTrustFileCannotBeUsed(BrokenTrust broken) throws IOException {
        Path file = broken.in(folder, PrivateCa.create().pem());
        Map<String, String> trust = Map.of("WORKERPOOL_TRUST", file.toString());
        isRefused(Ran.command(trust, wrapped(language().program())));
        Map<String, String> loaded = new HashMap<>(language().loading());
        loaded.putAll(trust);
        isRefused(Ran.command(loaded, language().program()));
    }

    @Test
    void theCommandEndsAsItWouldHaveWithoutATrustFile() {
        runs(Ran.command(Map.of(), wrapped(language().program())));
    }

    @Test
    void theCommandEndsAsItWouldHaveWithATrustFile() {
        runs(Ran.command(trust(), wrapped(language().program())));
    }

    @Test
    void membersThatSayNothingOrAreOfALaterDayArePassedOver() throws IOException {
        Path ca = Files.writeString(folder.resolve("ca.crt"), PrivateCa.create().pem());
        Path file = Files.writeString(folder.resolve("trust.json"), """
                {"later": {"a": [true, -1, "\\u00e9\\n\\"", {}, []]}, "serverName": null, "verify": "Full",
                 "certificate": null, "key": null, "ca": "%s", "version": 1,
                 "endpoints": [{"host": "[::1]", "port": 6379, "later": null}]}
                """.formatted(ca));
        runs(Ran.command(
                Map.of("WORKERPOOL_TRUST", file.toString()), wrapped(language().program())));
    }

    @Test
    void aCommandThatIsNotThereIsSaidAsAShellWould() {
        Ran ran = Ran.command(trust(), wrapped(List.of("no-such-program-anywhere", "word")));
        assertEquals(127, ran.code(), ran::err);
        assertTrue(ran.err().contains("no-such-program-anywhere"), ran::err);
        assertEquals(1, ran.err().lines().count(), ran::err);
    }

    /** Variables that name a good trust file, of a broker that nobody connects to. */
    protected Map<String, String> trust() {
        return new TrustFolder(folder).write(1, Told.full(), PrivateCa.create(), PrivateCa.selfSignedLeaf());
    }

    protected List<String> wrapped(List<String> command) {
        return Stream.concat(language().wrapper().stream(), command.stream()).toList();
    }

    private static void isRefused(Ran ran) {
        assertAll(
                () -> assertEquals(CONFIGURATION_ERROR, ran.code(), ran::err),
                () -> assertEquals("", ran.out()),
                () -> assertEquals(1, ran.err().lines().count(), ran::err),
                () -> assertTrue(ran.err().contains("WORKERPOOL_TRUST"), ran::err),
                () -> assertFalse(ran.err().contains(BrokenTrust.SECRET), ran::err));
    }

    private void runs(Ran ran) {
        String process = language().becomesTheCommand() ? Long.toString(ran.pid()) : "[0-9]+";
        assertAll(
                () -> assertEquals(7, ran.code(), ran::err),
                () -> assertTrue(ran.out().strip().matches("app " + process), ran::out),
                () -> assertEquals("", ran.err()));
    }
}
