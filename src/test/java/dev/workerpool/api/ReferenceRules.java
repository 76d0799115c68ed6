package dev.workerpool.api;

import dev.workerpool.api.RuleCase.Subject;
import java.util.List;
import java.util.stream.Stream;

/** The rules of whatever names another object. */
final class ReferenceRules {
    private ReferenceRules() {}

    static List<RuleCase> all() {
        return Stream.of(
                        part(Subject.POOL, "spec.brokerRef.name", "brokerRef: {name: %s}", Api.NAME_MESSAGE),
                        part(
                                Subject.POOL,
                                "spec.workloadRef.name",
                                "template: null, workloadRef: {name: %s}",
                                Api.NAME_MESSAGE),
                        part(
                                Subject.BROKER,
                                "spec.credentials.secretRef.name",
                                "credentials: {secretRef: {name: %s}}",
                                Api.NAME_MESSAGE),
                        part(
                                Subject.BROKER,
                                "spec.tls.clientCertificates.secretRef.name",
                                "tls: {clientCertificates: {secretRef: {name: %s}}}",
                                Api.NAME_MESSAGE),
                        part(
                                Subject.BROKER,
                                "spec.tls.clientCertificates.issuer.secretRef.name",
                                "tls: {clientCertificates: {issuer: {secretRef: {name: %s}}}}",
                                Api.NAME_MESSAGE),
                        part(
                                Subject.BROKER,
                                "spec.redis.sentinel.credentials.secretRef.name",
                                RedisRules.sentinel("credentials: {secretRef: {name: %s}}"),
                                Api.NAME_MESSAGE),
                        nameAndKey(
                                "spec.redis.sentinel.tls.trust.bundle.configMapKeyRef",
                                RedisRules.sentinel("tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {%s}}}}")),
                        nameAndKey(
                                "spec.redis.sentinel.tls.trust.bundle.secretKeyRef",
                                RedisRules.sentinel("tls: {trust: {source: Bundle, bundle: {secretKeyRef: {%s}}}}")),
                        nameAndKey("spec.url.secretKeyRef", "url: {value: null, secretKeyRef: {%s}}"),
                        nameAndKey(
                                "spec.tls.trust.bundle.configMapKeyRef",
                                "tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {%s}}}}"),
                        nameAndKey(
                                "spec.tls.clientCertificates.pkcs12.passwordSecretRef",
                                "tls: {clientCertificates: {secretRef: {name: c}, pkcs12: {passwordSecretRef: {%s}}}}"),
                        nameAndKey(
                                "spec.tls.trust.bundle.secretKeyRef",
                                "tls: {trust: {source: Bundle, bundle: {secretKeyRef: {%s}}}}"))
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<RuleCase> nameAndKey(String path, String place) {
        return Stream.concat(
                part(Subject.BROKER, path + ".name", place.formatted("name: %s, key: k"), Api.NAME_MESSAGE),
                part(Subject.BROKER, path + ".key", place.formatted("name: n, key: %s"), Api.KEY_MESSAGE));
    }

    private static Stream<RuleCase> part(Subject subject, String path, String place, String message) {
        String longest = place.formatted("a".repeat(253));
        String oneMore = place.formatted("a".repeat(254));
        return Stream.of(
                subject.refuses(path, message, place.formatted("redis-1.eu"), place.formatted("'a b'")),
                subject.refuses(
                        path, "minLength 1", place.formatted("a"), place.formatted("''"), "at least 1 chars long"),
                subject.refuses(path, "maxLength 253", longest, oneMore, "may not be more than 253 bytes"),
                subject.refuses(path, "required", place.formatted("a"), place.formatted("null"), "Required value"));
    }
}
