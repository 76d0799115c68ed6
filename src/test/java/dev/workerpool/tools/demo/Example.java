package dev.workerpool.tools.demo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The project's examples as they stand, with just those lines changed that the demo must change. */
final class Example {
    private static final String PAUSE = "registry.k8s.io/pause:3.10\n        command: [/pause]";

    private static final String BUNDLE = """
              tls:
                trust:
                  source: Bundle
                  bundle:
                    configMapKeyRef: {name: corp-ca, key: ca.crt}
            """;

    private Example() {}

    /** One line, or some, of the example; it must be there. */
    private record Change(String from, String to) {
        String in(String yaml) {
            if (!yaml.contains(from)) {
                throw new IllegalArgumentException("the example has no longer: " + from);
            }
            return yaml.replace(from, to);
        }
    }

    static String ofSidekiq(String yaml, int port, Optional<RedisHere.Security> security) {
        List<Change> connection = security.map(
                        secured -> List.of(
                                new Change(
                                        "rediss://:replace-me@redis.example.com:6379",
                                        "rediss://:%s@localhost:%d".formatted(secured.password(), port)),
                                new Change(
                                        "source: System",
                                        "source: Bundle\n      bundle:\n        configMapKeyRef: {name: corp-ca, key: ca.crt}")))
                .orElseGet(() -> List.of(
                        new Change("rediss://:replace-me@redis.example.com:6379", "redis://localhost:" + port),
                        new Change("  tls:\n    trust:\n      source: System\n", "")));
        return changed(
                yaml,
                connection,
                List.of(
                        new Change("minReplicas: 1", "minReplicas: 0\n    idleAfter: 10s"),
                        new Change("image: example.com/shop:1.0", "image: " + PAUSE),
                        new Change("{cpu: 250m, memory: 512Mi}", "{cpu: 1m, memory: 8Mi}")));
    }

    static String ofCelery(String yaml, int port, Optional<RedisHere.Security> security) {
        List<Change> connection = security.map(secured -> List.of(
                        new Change("rediss://redis.example.com:6379/0", "rediss://localhost:%d/0".formatted(port)),
                        new Change("username: worker", "username: default"),
                        new Change("password: replace-me", "password: \"" + secured.password() + "\""),
                        new Change(
                                "    -----BEGIN CERTIFICATE-----\n    replace-me\n    -----END CERTIFICATE-----\n",
                                secured.caPem().indent(4))))
                .orElseGet(() -> List.of(
                        new Change("rediss://redis.example.com:6379/0", "redis://localhost:%d/0".formatted(port)),
                        new Change("  credentials:\n    secretRef: {name: celery-redis}\n", ""),
                        new Change(BUNDLE, "")));
        return changed(
                yaml,
                connection,
                List.of(
                        new Change("idleAfter: 10m", "idleAfter: 10s"),
                        new Change("image: example.com/shop:1.0", "image: " + PAUSE),
                        new Change("{cpu: 500m, memory: 512Mi}", "{cpu: 1m, memory: 8Mi}")));
    }

    private static String changed(String yaml, List<Change> connection, List<Change> size) {
        String now = yaml;
        for (Change change : Stream.concat(connection.stream(), size.stream()).toList()) {
            now = change.in(now);
        }
        return now;
    }
}
