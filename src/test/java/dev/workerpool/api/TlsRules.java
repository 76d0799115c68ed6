package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;

import java.util.stream.Stream;

/** The rules of how a broker is verified. */
final class TlsRules {
    private static final String NAME = "spec.tls.serverName";

    private TlsRules() {}

    static Stream<RuleCase> all() {
        return Stream.of(verification(), fingerprints(), ClientCertificateRules.all())
                .flatMap(cases -> cases);
    }

    private static Stream<RuleCase> verification() {
        return Stream.of(
                BROKER.refuses(
                        "spec.tls.trust.source",
                        "one of Bundle, FirstUse, System",
                        "tls: {trust: {source: FirstUse}}",
                        "tls: {trust: {source: Nobody}}",
                        "supported values: \"Bundle\", \"FirstUse\", \"System\""),
                BROKER.refuses(
                        "spec.tls.verify",
                        "one of CA, Full, None",
                        "tls: {verify: CA}",
                        "tls: {verify: Never}",
                        "supported values: \"CA\", \"Full\", \"None\""),
                BROKER.refuses(
                        "spec.tls.verify",
                        "verify: None verifies nothing: leave trust and serverName out, or verify",
                        "tls: {verify: None}",
                        "tls: {verify: None, trust: {}}"),
                BROKER.refuses(
                        NAME,
                        "serverName must be a DNS name, such as redis.example.com",
                        named("redis_1.corp."),
                        named("'redis corp'")),
                BROKER.refuses(NAME, "minLength 1", named("r"), named("''"), "at least 1 chars long"),
                BROKER.refuses(
                        NAME,
                        "maxLength 253",
                        named("r".repeat(253)),
                        named("r".repeat(254)),
                        "may not be more than 253 bytes"));
    }

    private static Stream<RuleCase> fingerprints() {
        String path = "spec.tls.trust.acceptedFingerprints";
        String one = "'%s',".formatted("ab".repeat(32));
        return Stream.of(
                BROKER.refuses(
                        path,
                        "acceptedFingerprints goes with source: FirstUse",
                        accepting(one),
                        "tls: {trust: {source: System, acceptedFingerprints: []}}"),
                BROKER.refuses(
                        path,
                        "each fingerprint must be a SHA-256 in hexadecimal, with or without colons",
                        accepting("'" + "AB:".repeat(31) + "ab', " + one),
                        accepting("'" + "ab".repeat(31) + "'")),
                BROKER.refuses(
                        path + "[]",
                        "maxLength 95",
                        accepting("'" + "ab:".repeat(31) + "ab'"),
                        accepting("'" + "ab:".repeat(32) + "'"),
                        "may not be more than 95 bytes"),
                BROKER.refuses(
                        path,
                        "maxItems 16",
                        accepting(one.repeat(16)),
                        accepting(one.repeat(17)),
                        "must have at most 16 items"));
    }

    private static String accepting(String fingerprints) {
        return "tls: {trust: {source: FirstUse, acceptedFingerprints: [%s]}}".formatted(fingerprints);
    }

    private static String named(String name) {
        return "tls: {serverName: %s}".formatted(name);
    }
}
