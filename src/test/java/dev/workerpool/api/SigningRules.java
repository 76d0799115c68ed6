package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of signed messages, at the Broker. */
final class SigningRules {
    private static final String SIGNING = "spec.signing";

    private SigningRules() {}

    static Stream<RuleCase> all() {
        return Stream.of(where(), durations(), lengths(), clients()).flatMap(cases -> cases);
    }

    private static Stream<RuleCase> where() {
        return Stream.of(
                BROKER.refuses(
                        SIGNING,
                        "signing needs TLS, which protects what a signature does not cover: write rediss://",
                        "url: {value: rediss://redis.example:6380}, signing: {}",
                        "url: {value: redis://redis.example:6379}, signing: {}"),
                BROKER.refuses(
                        SIGNING,
                        "signing takes mounted code, which there is for one server alone: not with topology Sentinel or Cluster",
                        "redis: {topology: Standalone}, signing: {}",
                        "redis: {topology: Cluster}, signing: {}"),
                BROKER.refuses(
                        SIGNING + ".keyRetention",
                        "one of Delete, Retain",
                        "signing: {keyRetention: Delete}",
                        "signing: {keyRetention: Keep}",
                        "supported values: \"Delete\", \"Retain\""));
    }

    private static Stream<RuleCase> durations() {
        return Stream.of(
                BROKER.refuses(
                        SIGNING + ".duration",
                        "duration must be 24h or longer, such as 2160h",
                        "signing: {duration: 24h}",
                        "signing: {duration: 23h}"),
                BROKER.refuses(
                        SIGNING + ".renewBefore",
                        "renewBefore must be 8h or longer, and shorter than duration, such as 720h",
                        "signing: {renewBefore: 8h}",
                        "signing: {renewBefore: 7h}"),
                BROKER.refuses(
                        SIGNING + ".acceptFormer",
                        "acceptFormer must be a duration up to 8760h, such as 24h",
                        "signing: {acceptFormer: 0s}",
                        "signing: {acceptFormer: 8761h}"));
    }

    private static Stream<RuleCase> lengths() {
        return Stream.of("duration", "renewBefore", "acceptFormer")
                .map(field -> BROKER.refuses(
                        SIGNING + "." + field,
                        "maxLength 32",
                        "signing: {%s: %s24h}".formatted(field, "0s".repeat(14)),
                        "signing: {%s: %s24h}".formatted(field, "0s".repeat(15)),
                        "may not be more than 32 bytes"));
    }

    private static Stream<RuleCase> clients() {
        return Stream.of(
                BROKER.refuses(
                        "spec.clients",
                        "tasks of a client go with signing: without it nobody can tell who sent a task",
                        "clients: [{name: web, tasks: [mail.*]}], signing: {}",
                        "clients: [{name: web, tasks: [mail.*]}]"),
                BROKER.refuses(
                        "spec.clients[].tasks", "maxItems 64", tasks(64), tasks(65), "must have at most 64 items"),
                BROKER.refuses(
                        "spec.clients[].tasks[]",
                        "maxLength 200",
                        "clients: [{name: web, tasks: [%s]}], signing: {}".formatted("t".repeat(200)),
                        "clients: [{name: web, tasks: [%s]}], signing: {}".formatted("t".repeat(201)),
                        "may not be more than 200 bytes"));
    }

    private static String tasks(int tasks) {
        return IntStream.range(0, tasks)
                .mapToObj("mail.%d"::formatted)
                .collect(Collectors.joining(", ", "clients: [{name: web, tasks: [", "]}], signing: {}"));
    }
}
