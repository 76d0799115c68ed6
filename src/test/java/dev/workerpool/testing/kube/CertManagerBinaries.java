package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** cert-manager's controllers and its custom resources: in the user's cache, where they are built once with Go. */
record CertManagerBinaries(Map<String, String> environment, ControlPlaneModules module) {
    static final String PROGRAM = "cert-manager";
    static final String CRDS = "crds";
    private static final String UPSTREAM = "github.com/cert-manager/cert-manager";

    static CertManagerBinaries ofThisMachine() {
        return new CertManagerBinaries(System.getenv(), new ControlPlaneModules(Checkout.path("src/test/certmanager")));
    }

    Binaries find() {
        BinaryCache cache = BinaryCache.of(environment, PROGRAM, module.checksum(), List.of(PROGRAM));
        if (cache.isFilled()) {
            return new Binaries.Found(cache.folder());
        }
        Optional<GoModule> go = GoModule.go(environment).map(path -> new GoModule(path, module.root()));
        if (go.isEmpty()) {
            return new Binaries.Missing("install Go (1.26 or newer): cert-manager is then built once, in minutes");
        }
        try {
            cache.fill(folder -> build(go.get(), folder));
            return new Binaries.Found(cache.folder());
        } catch (BuildFailedException e) {
            return new Binaries.Missing(e.line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void build(GoModule go, Path folder) throws IOException, BuildFailedException {
        System.err.println("Building cert-manager for the tests (once, some minutes)");
        // First: before it, nothing need be there of the module's sources.
        go.build(PROGRAM, ".", "-s -w", folder.resolve(PROGRAM));
        Path crds = Files.createDirectory(folder.resolve(CRDS));
        try (Stream<Path> files = Files.list(go.sources(UPSTREAM).resolve("deploy/crds"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                // Without the sources' own mode: they are read-only.
                Files.writeString(crds.resolve(file.getFileName()), Files.readString(file));
            }
        }
    }
}
