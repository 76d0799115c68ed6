package dev.workerpool.testing.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Redis's own command line client: not the library that the operator measures with, so that a test sees for itself. */
record RedisCli(RedisOptions options, RedisFolder folder, int port) {

    String run(String... command) {
        Answer answer = ask(command);
        if (answer.exit() != 0) {
            throw new IllegalStateException("redis-cli " + command[0] + ": " + answer.text());
        }
        return answer.text();
    }

    boolean answers() {
        Answer answer = ask("PING");
        return answer.exit() == 0 && "PONG".equals(answer.text());
    }

    private record Answer(int exit, String text) {}

    private Answer ask(String... command) {
        List<String> line = new ArrayList<>(
                List.of("redis-cli", "-e", "--no-auth-warning", "-h", "127.0.0.1", "-p", Integer.toString(port)));
        if (options.presents().isPresent()) {
            // The test's own view must not depend on the certificate that it made the server present.
            line.addAll(List.of("--tls", "--insecure"));
        }
        if (options.wantsClientCertificates()) {
            line.addAll(List.of("--cert", folder.file("server.crt").toString()));
            line.addAll(List.of("--key", folder.file("server.key").toString()));
        }
        options.login().ifPresent(login -> line.addAll(List.of("--user", login.user())));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        options.login().ifPresent(login -> builder.environment().put("REDISCLI_AUTH", login.password()));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
