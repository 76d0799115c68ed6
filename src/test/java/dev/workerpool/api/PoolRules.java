package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.POOL;

import dev.workerpool.api.RuleCase.Patches;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of a WorkerPool's own fields. */
final class PoolRules {
    private PoolRules() {}

    static List<RuleCase> all() {
        return Stream.of(whole(), sizes(), queues(), queueNames())
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<RuleCase> whole() {
        return Stream.of(
                new RuleCase(
                        POOL,
                        new SchemaRule(
                                "metadata.name",
                                "a pool's name must have at most 52 characters: its pods are named after it"),
                        new Patches(
                                "metadata: {name: %s}".formatted("a".repeat(52)),
                                "metadata: {name: %s}".formatted("a".repeat(53))),
                        "a pool's name must have at most 52 characters"),
                new RuleCase(
                        POOL, new SchemaRule("spec", "required"), new Patches("{}", "spec: null"), "Required value"),
                POOL.refuses("spec.brokerRef", "required", "", "brokerRef: null", "Required value"),
                POOL.refuses("spec.framework", "required", "", "framework: null", "Required value"),
                POOL.refuses(
                        "spec.framework",
                        "one of BullMQ, Celery, Custom, RQ, Resque, Sidekiq",
                        "framework: Celery, celery: {app: mail}",
                        "framework: celery",
                        "supported values: \"BullMQ\", \"Celery\", \"Custom\", \"RQ\", \"Resque\", \"Sidekiq\""));
    }

    private static Stream<RuleCase> sizes() {
        return Stream.of(
                POOL.refuses(
                        "spec.concurrency",
                        "minimum 1",
                        "concurrency: 1",
                        "concurrency: 0",
                        "greater than or equal to 1"),
                POOL.refuses(
                        "spec.concurrency",
                        "maximum 1000",
                        "concurrency: 1000",
                        "concurrency: 1001",
                        "less than or equal to 1000"),
                POOL.refuses("spec.replicas", "minimum 0", "replicas: 0", "replicas: -1", "greater than or equal to 0"),
                POOL.refuses(
                        "spec.replicas",
                        "maximum 10000",
                        "replicas: 10000",
                        "replicas: 10001",
                        "less than or equal to 10000"),
                POOL.refuses(
                        "spec.stuckAfter",
                        "stuckAfter must be a duration between 10s and 24h, such as 30s or 5m",
                        "stuckAfter: 24h",
                        "stuckAfter: 9s"),
                POOL.refuses(
                        "spec.stuckAfter",
                        "maxLength 32",
                        "stuckAfter: %s1h".formatted("0s".repeat(15)),
                        "stuckAfter: %s1h".formatted("0s".repeat(16)),
                        "may not be more than 32 bytes"),
                POOL.refuses(
                        "spec.onStuck",
                        "one of Replace, Report",
                        "onStuck: Replace",
                        "onStuck: Restart",
                        "supported values: \"Replace\", \"Report\""),
                POOL.refuses(
                        "spec.drainTimeout",
                        "drainTimeout must be a duration between 10s and 24h, such as 30s or 5m",
                        "drainTimeout: 1h30m",
                        "drainTimeout: 5 minutes"),
                POOL.refuses(
                        "spec.drainTimeout",
                        "maxLength 32",
                        "drainTimeout: %s1h".formatted("0s".repeat(15)),
                        "drainTimeout: %s1h".formatted("0s".repeat(16)),
                        "may not be more than 32 bytes"),
                POOL.refuses("spec.queues", "required", "", "queues: null", "Required value"),
                POOL.refuses("spec.queues", "minItems 1", "queues: [{name: a}]", "queues: []", "at least 1 items"));
    }

    private static Stream<RuleCase> queues() {
        return Stream.of(
                POOL.refuses(
                        "spec.queues",
                        "maxItems 64",
                        "queues: " + queues(64),
                        "queues: " + queues(65),
                        "must have at most 64 items"),
                POOL.refuses(
                        "spec.queues",
                        "the names of the queues must differ",
                        "queues: [{name: a}, {name: b}]",
                        "queues: [{name: a}, {name: a}]"));
    }

    private static Stream<RuleCase> queueNames() {
        return Stream.of(
                POOL.refuses("spec.queues[].name", "required", "queues: [{name: a}]", "queues: [{}]", "Required value"),
                POOL.refuses(
                        "spec.queues[].name",
                        "minLength 1",
                        "queues: [{name: a}]",
                        "queues: [{name: ''}]",
                        "at least 1 chars long"),
                POOL.refuses(
                        "spec.queues[].name",
                        "maxLength 128",
                        "queues: [{name: %s}]".formatted("a".repeat(128)),
                        "queues: [{name: %s}]".formatted("a".repeat(129)),
                        "may not be more than 128 bytes"),
                POOL.refuses(
                        "spec.queues[].name",
                        "a queue's name must not have spaces, commas or control characters",
                        "queues: [{name: '{mail}:Ж_a-b.c'}]",
                        "queues: [{name: 'mail,web'}]"));
    }

    private static String queues(int count) {
        return IntStream.range(0, count).mapToObj("{name: q%d}"::formatted).collect(Collectors.joining(", ", "[", "]"));
    }
}
