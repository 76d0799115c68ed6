package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;

import dev.workerpool.api.RuleCase.Patches;
import java.util.List;
import java.util.stream.Stream;

/** The rules of a Broker, but for its references. */
final class BrokerRules {
    private static final String BUNDLE = "bundle: {configMapKeyRef: {name: ca, key: ca.crt}}";

    private BrokerRules() {}

    static List<RuleCase> all() {
        return Stream.of(
                        whole(),
                        trust("", "%s"),
                        TlsRules.all(),
                        ClientRules.all(),
                        SigningRules.all(),
                        RedisRules.all(),
                        trust("redis.sentinel.", RedisRules.sentinel("%s")))
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<RuleCase> whole() {
        return Stream.of(
                new RuleCase(
                        BROKER,
                        new SchemaRule(
                                "metadata.name",
                                "a broker's name must have at most 52 characters: its Secrets are named after it"),
                        new Patches(
                                "metadata: {name: %s}".formatted("a".repeat(52)),
                                "metadata: {name: %s}".formatted("a".repeat(53))),
                        "a broker's name must have at most 52 characters"),
                new RuleCase(
                        BROKER, new SchemaRule("spec", "required"), new Patches("{}", "spec: null"), "Required value"),
                BROKER.refuses(
                        "spec.credentials.secretRef",
                        "required",
                        "credentials: {secretRef: {name: login}}",
                        "credentials: {}",
                        "Required value"),
                BROKER.refuses(
                        "spec.onMove",
                        "one of Drain, Follow",
                        "onMove: Follow",
                        "onMove: Wait",
                        "supported values: \"Drain\", \"Follow\""),
                BROKER.refuses(
                        "spec.pollInterval",
                        "pollInterval must be a duration between 100ms and 5m, such as 500ms or 1s",
                        "pollInterval: 100ms",
                        "pollInterval: 99ms"),
                BROKER.refuses(
                        "spec.pollInterval",
                        "maxLength 32",
                        "pollInterval: %s1s".formatted("0s".repeat(15)),
                        "pollInterval: %s1s".formatted("0s".repeat(16)),
                        "may not be more than 32 bytes"));
    }

    /** @param place where tls stands */
    private static Stream<RuleCase> trust(String path, String place) {
        return Stream.of(
                BROKER.refuses(
                        "spec." + path + "tls.trust",
                        "bundle goes with source: Bundle, and source: Bundle needs a bundle",
                        place.formatted("tls: {trust: {source: Bundle, " + BUNDLE + "}}"),
                        place.formatted("tls: {trust: {" + BUNDLE + "}}")),
                BROKER.refuses(
                        "spec." + path + "tls.trust.bundle",
                        "give the bundle in exactly one way: configMapKeyRef or secretKeyRef",
                        place.formatted("tls: {trust: {source: Bundle, " + BUNDLE + "}}"),
                        place.formatted("tls: {trust: {source: Bundle, bundle: {}}}")));
    }
}
