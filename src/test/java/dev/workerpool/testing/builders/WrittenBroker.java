package dev.workerpool.testing.builders;

import dev.workerpool.testing.jobs.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Broker {@code jobs} as a user writes it, in YAML. Of a server that speaks TLS the authority is in the ConfigMap {@code corp-ca}, which
 * comes with it.
 */
public record WrittenBroker(String url, Optional<String> authority, List<String> tlsLines, List<String> specLines) {
    public WrittenBroker {
        tlsLines = List.copyOf(tlsLines);
        specLines = List.copyOf(specLines);
    }

    /** At its URL, password and all. */
    public static WrittenBroker at(RedisServer redis) {
        return of(redis, redis.url());
    }

    public static WrittenBroker withoutCredentials(RedisServer redis) {
        return of(redis, redis.urlWithoutCredentials());
    }

    private static WrittenBroker of(RedisServer redis, String url) {
        return new WrittenBroker(
                url, redis.speaksTls() ? Optional.of(redis.caPem()) : Optional.empty(), List.of(), List.of());
    }

    /** Lines of {@code spec.tls}, beside the trust. */
    public WrittenBroker withTls(String... lines) {
        return new WrittenBroker(url, authority, and(tlsLines, lines), specLines);
    }

    /** Lines of the spec. */
    public WrittenBroker with(String... lines) {
        return new WrittenBroker(url, authority, tlsLines, and(specLines, lines));
    }

    private static List<String> and(List<String> before, String... more) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(more));
        return all;
    }

    public String yaml() {
        return authority.map(WrittenBroker::configMap).orElse("")
                + """
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec:
                  url: {value: "%s"}
                """.formatted(url)
                + Stream.concat(tls(), specLines.stream())
                        .map(line -> "  " + line + "\n")
                        .collect(Collectors.joining());
    }

    private Stream<String> tls() {
        return authority.isEmpty()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(
                                "tls:",
                                "  trust: {source: Bundle, bundle: {configMapKeyRef: {name: corp-ca, key: ca.crt}}}"),
                        tlsLines.stream().map(line -> "  " + line));
    }

    private static String configMap(String pem) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: corp-ca}
                data: {ca.crt: "%s"}
                ---
                """.formatted(pem.replace("\n", "\\n"));
    }
}
