package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.POOL;

import java.util.List;
import java.util.stream.Stream;

/** The rules of scaling. */
final class ScalingRules {
    private static final String TARGET = "target: {backlogPerWorker: 20}";

    private ScalingRules() {}

    static List<RuleCase> all() {
        return Stream.of(modeAndTime(), bounds(), targets())
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<RuleCase> modeAndTime() {
        return Stream.of(
                refuses(
                        "mode",
                        "one of Active, Paused, Recommend",
                        "mode: Paused, ",
                        "mode: Off, ",
                        "supported values: \"Active\", \"Paused\", \"Recommend\""),
                refuses(
                        "idleAfter",
                        "idleAfter must be a duration between 1s and 24h, such as 30s or 5m",
                        "idleAfter: 24h, ",
                        "idleAfter: 24h1ms, ",
                        "idleAfter must be a duration between 1s and 24h, such as 30s or 5m"),
                refuses(
                        "idleAfter",
                        "maxLength 32",
                        "idleAfter: %s1h, ".formatted("0s".repeat(15)),
                        "idleAfter: %s1h, ".formatted("0s".repeat(16)),
                        "may not be more than 32 bytes"));
    }

    private static Stream<RuleCase> bounds() {
        return Stream.of(
                refuses(
                        "minReplicas",
                        "minimum 0",
                        "minReplicas: 0, ",
                        "minReplicas: -1, ",
                        "greater than or equal to 0"),
                refuses("maxReplicas", "maximum 10000", "", "maxReplicas: 10001, ", "less than or equal to 10000"),
                POOL.refuses(
                        "spec.scaling.minReplicas",
                        "maximum 10000",
                        "scaling: {minReplicas: 10000, maxReplicas: 10000, " + TARGET + "}",
                        "scaling: {minReplicas: 10001, maxReplicas: 10000, " + TARGET + "}",
                        "less than or equal to 10000"),
                POOL.refuses(
                        "spec.scaling.minReplicas",
                        "minReplicas must not be greater than maxReplicas",
                        "scaling: {minReplicas: 3, maxReplicas: 3, " + TARGET + "}",
                        "scaling: {minReplicas: 4, maxReplicas: 3, " + TARGET + "}"),
                POOL.refuses(
                        "spec.scaling.maxReplicas",
                        "minimum 1",
                        "scaling: {minReplicas: 0, maxReplicas: 1, " + TARGET + "}",
                        "scaling: {minReplicas: 0, maxReplicas: 0, " + TARGET + "}",
                        "greater than or equal to 1"),
                POOL.refuses(
                        "spec.scaling.maxReplicas",
                        "required",
                        "scaling: {maxReplicas: 1, " + TARGET + "}",
                        "scaling: {" + TARGET + "}",
                        "Required value"));
    }

    private static Stream<RuleCase> targets() {
        return Stream.of(
                POOL.refuses(
                        "spec.scaling.target",
                        "required",
                        "scaling: {maxReplicas: 1, " + TARGET + "}",
                        "scaling: {maxReplicas: 1}",
                        "Required value"),
                target("required", "1", "null", "Required value"),
                target("minimum 1", "1", "0", "greater than or equal to 1"),
                target("maximum 1000000", "1000000", "1000001", "less than or equal to 1000000"));
    }

    private static RuleCase refuses(String field, String constraint, String accepted, String refused, String says) {
        String place = "scaling: {%s" + TARGET + "}";
        String most = refused.contains("maxReplicas") ? "" : "maxReplicas: 10000, ";
        return POOL.refuses(
                "spec.scaling." + field,
                constraint,
                place.formatted("maxReplicas: 10000, " + accepted),
                place.formatted(most + refused),
                says);
    }

    private static RuleCase target(String constraint, String accepted, String refused, String says) {
        String place = "scaling: {maxReplicas: 10, target: {backlogPerWorker: %s}}";
        return POOL.refuses(
                "spec.scaling.target.backlogPerWorker",
                constraint,
                place.formatted(accepted),
                place.formatted(refused),
                says);
    }
}
