package dev.workerpool.testing.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    @TempDir
    Path machine;

    private final Map<String, String> environment = new HashMap<>();
    private final CountingBuild build = new CountingBuild();

    @BeforeEach
    void aProjectAndAnEmptyCache() throws IOException {
        Files.createDirectories(machine.resolve("modules/etcd"));
        Files.writeString(machine.resolve("modules/etcd/go.mod"), "module etcd\n");
        environment.put("XDG_CACHE_HOME", machine.resolve("cache").toString());
    }

    @Test
    void theNamedFolderComesFirst() throws IOException {
        programsIn(cacheFolder());
        Path named = programsIn(machine.resolve("named"));
        environment.put(BinarySource.FOLDER_VARIABLE, named.toString());
        assertEquals(new Binaries.Found(named), source(Optional.of(build)).find());
        assertEquals(0, build.runs);
    }

    @Test
    void aNamedFolderThatLacksProgramsIsNotReplacedByAnotherSource() throws IOException {
        programsIn(cacheFolder());
        Path named = programsIn(machine.resolve("named"));
        Files.delete(named.resolve("etcd"));
        environment.put(BinarySource.FOLDER_VARIABLE, named.toString());
        String line = missing(source(Optional.of(build))).line();
        assertEquals(BinarySource.FOLDER_VARIABLE + "=" + named + " lacks etcd", line);
    }

    @Test
    void theCacheComesBeforeABuild() throws IOException {
        programsIn(cacheFolder());
        assertEquals(
                new Binaries.Found(cacheFolder()), source(Optional.of(build)).find());
        assertEquals(0, build.runs);
    }

    @Test
    void theyAreBuiltOnceAndThenTakenFromTheCache() {
        assertEquals(
                new Binaries.Found(cacheFolder()), source(Optional.of(build)).find());
        assertEquals(
                new Binaries.Found(cacheFolder()), source(Optional.of(build)).find());
        assertEquals(1, build.runs);
    }

    @Test
    void aBuildThatFailsLeavesNothingInTheCacheAndSaysWhatFailed() {
        BinaryBuild failing = folder -> {
            Files.createFile(folder.resolve("etcd"));
            throw new BuildFailedException("go build of kwok failed: a.log");
        };
        assertEquals(
                "go build of kwok failed: a.log",
                missing(source(Optional.of(failing))).line());
        assertFalse(Files.exists(cacheFolder()));
    }

    @Test
    void whatAKilledBuildHasLeftIsSweptAwayByTheNext() throws IOException {
        Path partial = cacheFolder().resolveSibling(cacheFolder().getFileName() + ".partial");
        Files.createDirectories(partial.resolve("half"));
        assertEquals(
                new Binaries.Found(cacheFolder()), source(Optional.of(build)).find());
        assertFalse(Files.exists(cacheFolder().resolve("half")));
        assertFalse(Files.exists(partial));
    }

    @Test
    void aChangedModuleIsAnotherCacheFolder() throws IOException {
        Path before = cacheFolder();
        Files.writeString(machine.resolve("modules/etcd/stages.yaml"), "no program depends on it");
        assertEquals(before, cacheFolder());
        Files.writeString(machine.resolve("modules/etcd/go.sum"), "go.etcd.io/etcd/server/v3 v3.6.16 h1:x\n");
        assertFalse(before.equals(cacheFolder()));
    }

    @Test
    void withoutAnySourceTheTestsAreSkippedWithOneLineThatSaysHowToGetThem() {
        Binaries nowhere = source(Optional.empty()).find();
        var verdict = Availability.of(nowhere, Map.of());
        assertTrue(verdict.isDisabled());
        String line = verdict.getReason().orElseThrow();
        assertEquals(1, line.lines().count());
        assertTrue(line.contains("install Go") && line.contains(BinarySource.FOLDER_VARIABLE), line);
    }

    @Test
    void withoutAnySourceTheTestsFailInContinuousIntegration() {
        Binaries nowhere = source(Optional.empty()).find();
        var failure = assertThrows(IllegalStateException.class, () -> Availability.of(nowhere, Map.of("CI", "true")));
        assertTrue(String.valueOf(failure.getMessage()).contains("install Go"));
    }

    @Test
    void withTheProgramsTheTestsRunInContinuousIntegrationToo() {
        Binaries built = source(Optional.of(build)).find();
        assertFalse(Availability.of(built, Map.of("CI", "true")).isDisabled());
    }

    @Test
    void goIsFoundOnThePathAlone() throws IOException {
        ControlPlaneModules modules = new ControlPlaneModules(machine.resolve("modules"));
        executable(Files.createDirectories(machine.resolve("bin")).resolve("go"));
        assertTrue(GoBuild.onPath(Map.of("PATH", "/nowhere:" + machine.resolve("bin")), modules)
                .isPresent());
        assertTrue(GoBuild.onPath(Map.of("PATH", "/nowhere"), modules).isEmpty());
    }

    private static final class CountingBuild implements BinaryBuild {

        private int runs;

        @Override
        public void into(Path folder) throws IOException {
            runs++;
            programsIn(folder);
        }
    }

    private BinarySource source(Optional<? extends BinaryBuild> build) {
        return new BinarySource(environment, new ControlPlaneModules(machine.resolve("modules")), build);
    }

    private Path cacheFolder() {
        String checksum = new ControlPlaneModules(machine.resolve("modules")).checksum();
        return machine.resolve("cache")
                .resolve("workerpool")
                .resolve("control-plane")
                .resolve(checksum);
    }

    private static Binaries.Missing missing(BinarySource source) {
        return assertInstanceOf(Binaries.Missing.class, source.find());
    }

    private static Path programsIn(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : Binaries.REQUIRED) {
            executable(folder.resolve(name));
        }
        return folder;
    }

    private static void executable(Path file) throws IOException {
        Files.writeString(file, "");
        assertTrue(file.toFile().setExecutable(true));
    }
}
