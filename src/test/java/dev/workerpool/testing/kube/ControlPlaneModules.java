package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Go modules in the project's test sources that pin what the control plane is made of. */
record ControlPlaneModules(Path root) {

    private static final Pattern KUBERNETES = Pattern.compile("^\\s+k8s\\.io/kubernetes (v\\S+)", Pattern.MULTILINE);

    static ControlPlaneModules ofThisProject() {
        return new ControlPlaneModules(Checkout.path("src/test/controlplane"));
    }

    Path module(String name) {
        return root.resolve(name);
    }

    Path kwokStages() {
        return root.resolve("kwok", "stages.yaml");
    }

    Path auditPolicy() {
        return root.resolve("audit-policy.yaml");
    }

    /** The Kubernetes version that the module pins, as in {@code v1.35.4}. */
    String kubernetesVersion() {
        return KUBERNETES
                .matcher(read(root.resolve("kubernetes", "go.mod")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("kubernetes/go.mod names no version"));
    }

    /** Changes with whatever would change the programs: versions, checksums and sources. */
    String checksum() {
        MessageDigest digest = sha256();
        for (Path file : inputs()) {
            digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(read(file).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private List<Path> inputs() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(ControlPlaneModules::isInput).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInput(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals("go.mod") || name.equals("go.sum") || name.endsWith(".go");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
