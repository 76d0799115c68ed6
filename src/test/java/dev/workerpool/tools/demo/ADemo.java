package dev.workerpool.tools.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ./workerpool demo} in a process of its own, started as the launcher starts it, its output read as a pipe reads it. */
final class ADemo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern PAGE = Pattern.compile("its page: (http://\\S+)");
    private static final Pattern DONE = Pattern.compile("(\\d+) enqueued, (\\d+) done, 0 lost");

    private final Process process;
    private final Path temporary;
    private final Path output;

    private ADemo(Process process, Path temporary, Path output) {
        this.process = process;
        this.temporary = temporary;
        this.output = output;
    }

    /** Whatever it writes for itself goes into this folder. */
    static ADemo start(Path folder, String... options) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:+UseCompactObjectHeaders",
                "-Djava.io.tmpdir=" + temporary,
                "-Dbasedir=" + Path.of("").toAbsolutePath(),
                "-Dworkerpool.jar=" + Objects.requireNonNull(System.getProperty("workerpool.jar")),
                "-cp",
                target.resolve("test-classes") + ":" + target.resolve("classes") + ":"
                        + Files.readString(target.resolve("tools.classpath")).strip(),
                "dev.workerpool.tools.Tools",
                "demo"));
        command.addAll(List.of(options));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ADemo(process, temporary, output);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitOutput(String text) {
        awaitOutput(Pattern.compile(Pattern.quote(text)));
    }

    void awaitOutput(Pattern text) {
        await(text.pattern()).atMost(PATIENCE).until(() -> {
            boolean alive = process.isAlive();
            boolean found = text.matcher(output()).find();
            assertTrue(alive || found, this::output);
            return found;
        });
    }

    /** Asks for the page, as soon as it is told where it is, until it answers. */
    void mustServeItsPage() throws IOException, InterruptedException {
        awaitOutput("Trust");
        Matcher page = PAGE.matcher(output());
        assertTrue(page.find(), this::output);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(page.group(1))).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().contains("<html"), answer.body());
        }
    }

    /** SIGTERM, as Ctrl-C from somewhere else. */
    void terminate() {
        process.destroy();
    }

    /** With all that was sent done, nothing left behind, and nothing on the screen that is not for people. */
    void mustEndWell() throws InterruptedException {
        assertEquals(0, status(), this::output);
        Matcher done = DONE.matcher(output());
        assertTrue(done.find(), this::output);
        assertEquals(done.group(1), done.group(2), this::output);
        mustHaveLeftNothing();
    }

    int status() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), this::output);
        return process.exitValue();
    }

    void mustHaveLeftNothing() {
        assertFalse(Pattern.compile("(?m)^\\s+at |Exception").matcher(output()).find(), this::output);
        assertTrue(output().contains("everything that was started has ended"), this::output);
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.filter(ADemo::isNotTheJvms).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each JVM leaves its performance data there while it lives. */
    private static boolean isNotTheJvms(Path file) {
        return !String.valueOf(file.getFileName()).startsWith("hsperfdata");
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
