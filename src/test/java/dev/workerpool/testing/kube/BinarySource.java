package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the programs in this order: the folder that {@value #FOLDER_VARIABLE} names, the user's cache, a build with Go.
 * A folder that somebody has named is never silently replaced by another source.
 */
final class BinarySource {

    static final String FOLDER_VARIABLE = "WORKERPOOL_TEST_BINARIES";

    private final Map<String, String> environment;
    private final ControlPlaneModules modules;
    private final Optional<? extends BinaryBuild> build;

    BinarySource(Map<String, String> environment, ControlPlaneModules modules, Optional<? extends BinaryBuild> build) {
        this.environment = environment;
        this.modules = modules;
        this.build = build;
    }

    static BinarySource ofThisMachine() {
        Map<String, String> environment = System.getenv();
        ControlPlaneModules modules = ControlPlaneModules.ofThisProject();
        return new BinarySource(environment, modules, GoBuild.onPath(environment, modules));
    }

    Binaries find() {
        String named = environment.getOrDefault(FOLDER_VARIABLE, "");
        return named.isBlank() ? cachedOrBuilt() : inNamedFolder(Path.of(named));
    }

    /** Told without building anything. */
    ControlPlane.Readiness readiness() {
        String named = environment.getOrDefault(FOLDER_VARIABLE, "");
        if (!named.isBlank()) {
            return inNamedFolder(Path.of(named)) instanceof Binaries.Found
                    ? ControlPlane.Readiness.THERE
                    : ControlPlane.Readiness.MISSING;
        }
        if (BinaryCache.of(environment, modules.checksum()).isFilled()) {
            return ControlPlane.Readiness.THERE;
        }
        return build.isPresent() ? ControlPlane.Readiness.TO_BE_BUILT : ControlPlane.Readiness.MISSING;
    }

    private static Binaries inNamedFolder(Path folder) {
        var lacking = Binaries.lackingIn(folder);
        return lacking.isEmpty()
                ? new Binaries.Found(folder.toAbsolutePath())
                : new Binaries.Missing(FOLDER_VARIABLE + "=" + folder + " lacks " + String.join(", ", lacking));
    }

    private Binaries cachedOrBuilt() {
        BinaryCache cache = BinaryCache.of(environment, modules.checksum());
        if (cache.isFilled()) {
            return new Binaries.Found(cache.folder());
        }
        if (build.isEmpty()) {
            return new Binaries.Missing("install Go (1.26 or newer; they are then built once, in minutes) or set "
                    + FOLDER_VARIABLE + " to a folder with " + String.join(", ", Binaries.REQUIRED));
        }
        return built(cache, build.get());
    }

    private static Binaries built(BinaryCache cache, BinaryBuild build) {
        try {
            cache.fill(build);
            return new Binaries.Found(cache.folder());
        } catch (BuildFailedException e) {
            return new Binaries.Missing(e.line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
