package dev.workerpool.testing.kube;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Go module among the test sources, and the Go that builds it. */
record GoModule(Path go, Path folder) {

    static Optional<Path> go(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .filter(part -> !part.isBlank())
                .map(part -> Path.of(part, "go"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void build(String name, String pkg, String linkerFlags, Path target) throws IOException, BuildFailedException {
        run(name, "build", "-buildvcs=false", "-ldflags", linkerFlags, "-o", target.toString(), pkg);
    }

    /** Where the sources of a module that it requires are. */
    Path sources(String module) throws IOException, BuildFailedException {
        return Path.of(run(module, "list", "-m", "-f", "{{.Dir}}", module).strip());
    }

    private String run(String what, String... arguments) throws IOException, BuildFailedException {
        Path output = Files.createTempFile("workerpool-" + what.replace('/', '-') + "-", ".log");
        List<String> command = new ArrayList<>(List.of(go.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // A workspace around the checkout would replace what the modules pin.
        builder.environment().put("GOWORK", "off");
        int code;
        try {
            code = run(builder);
        } catch (InterruptedIOException e) {
            Files.delete(output);
            throw e;
        }
        if (code != 0) {
            throw new BuildFailedException("go " + arguments[0] + " of " + what + " failed: " + output);
        }
        String said = Files.readString(output);
        Files.delete(output);
        return said;
    }

    private static int run(ProcessBuilder command) throws IOException {
        Process process = command.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw new InterruptedIOException("interrupted while building");
        }
    }
}
