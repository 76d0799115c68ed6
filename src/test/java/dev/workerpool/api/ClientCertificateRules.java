package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;

import java.util.stream.Stream;

/** The rules of client certificates. */
final class ClientCertificateRules {
    private static final String ALL = "spec.tls.clientCertificates";
    private static final String OWN = ALL + ".issuer.own";
    private static final String CERT_MANAGER = ALL + ".issuer.certManager";

    private ClientCertificateRules() {}

    static Stream<RuleCase> all() {
        return Stream.of(places(), terms(), own(), certManager()).flatMap(cases -> cases);
    }

    private static Stream<RuleCase> places() {
        return Stream.of(
                BROKER.refuses(
                        ALL,
                        "client certificates come from exactly one place: secretRef or issuer",
                        "tls: {clientCertificates: {secretRef: {name: jobs-client}}}",
                        "tls: {clientCertificates: {}}"),
                BROKER.refuses(
                        ALL,
                        "duration, renewBefore and keyAlgorithm go with issuer",
                        issued("keyAlgorithm: RSA"),
                        "tls: {clientCertificates: {secretRef: {name: jobs-client}, keyAlgorithm: RSA}}"),
                BROKER.refuses(
                        ALL + ".issuer",
                        "an issuer is exactly one of own, secretRef and certManager",
                        "tls: {clientCertificates: {issuer: {secretRef: {name: corp-authority}}}}",
                        "tls: {clientCertificates: {issuer: {own: {}, secretRef: {name: corp-authority}}}}"),
                BROKER.refuses(
                        ALL + ".pkcs12.passwordSecretRef",
                        "required",
                        issued("pkcs12: {passwordSecretRef: {name: stores, key: password}}"),
                        issued("pkcs12: {}"),
                        "Required value"),
                BROKER.refuses(
                        ALL + ".issuer",
                        "an issuer is exactly one of own, secretRef and certManager",
                        issued(""),
                        "tls: {clientCertificates: {issuer: {}}}"));
    }

    private static Stream<RuleCase> certManager() {
        String ref = CERT_MANAGER + ".issuerRef";
        return Stream.of(
                BROKER.refuses(
                        ref,
                        "required",
                        certManager("issuerRef: {name: corp}", ""),
                        certManager("", ""),
                        "Required value"),
                BROKER.refuses(
                        ref + ".name",
                        "required",
                        certManager("issuerRef: {name: corp}", ""),
                        certManager("issuerRef: {kind: Issuer}", ""),
                        "Required value"),
                BROKER.refuses(
                        ref + ".name",
                        "minLength 1",
                        certManager("issuerRef: {name: c}", ""),
                        certManager("issuerRef: {name: \"\"}", ""),
                        "should be at least 1 chars long"),
                BROKER.refuses(
                        ref + ".name",
                        "maxLength 253",
                        certManager("issuerRef: {name: %s}".formatted("c".repeat(253)), ""),
                        certManager("issuerRef: {name: %s}".formatted("c".repeat(254)), ""),
                        "may not be more than 253 bytes"),
                BROKER.refuses(
                        ref + ".kind",
                        "minLength 1",
                        certManager("issuerRef: {name: c, kind: I}", ""),
                        certManager("issuerRef: {name: c, kind: \"\"}", ""),
                        "should be at least 1 chars long"),
                BROKER.refuses(
                        ref + ".kind",
                        "maxLength 63",
                        certManager("issuerRef: {name: c, kind: %s}".formatted("k".repeat(63)), ""),
                        certManager("issuerRef: {name: c, kind: %s}".formatted("k".repeat(64)), ""),
                        "may not be more than 63 bytes"),
                BROKER.refuses(
                        ref + ".group",
                        "minLength 1",
                        certManager("issuerRef: {name: c, group: g}", ""),
                        certManager("issuerRef: {name: c, group: \"\"}", ""),
                        "should be at least 1 chars long"),
                BROKER.refuses(
                        ref + ".group",
                        "maxLength 253",
                        certManager("issuerRef: {name: c, group: %s}".formatted("g".repeat(253)), ""),
                        certManager("issuerRef: {name: c, group: %s}".formatted("g".repeat(254)), ""),
                        "may not be more than 253 bytes"),
                BROKER.refuses(
                        ALL + ".renewBefore",
                        "with cert-manager, renewBefore must be 5m or longer",
                        certManager("issuerRef: {name: corp}", ", renewBefore: 5m"),
                        certManager("issuerRef: {name: corp}", ", renewBefore: 4m")));
    }

    private static String certManager(String settings, String more) {
        return "tls: {clientCertificates: {issuer: {certManager: {%s}}%s}}".formatted(settings, more);
    }

    private static Stream<RuleCase> terms() {
        return Stream.of(
                BROKER.refuses(
                        ALL + ".duration",
                        "duration must be 1h or longer, such as 2160h",
                        issued("duration: 1h"),
                        issued("duration: 59m")),
                BROKER.refuses(
                        ALL + ".duration",
                        "maxLength 32",
                        issued("duration: %s1h".formatted("0s".repeat(15))),
                        issued("duration: %s1h".formatted("0s".repeat(16))),
                        "may not be more than 32 bytes"),
                BROKER.refuses(
                        ALL + ".renewBefore",
                        "renewBefore must be 1m or longer, and shorter than duration, such as 720h",
                        issued("renewBefore: 2159h"),
                        issued("renewBefore: 2160h")),
                BROKER.refuses(
                        ALL + ".renewBefore",
                        "maxLength 32",
                        issued("renewBefore: %s1h".formatted("0s".repeat(15))),
                        issued("renewBefore: %s1h".formatted("0s".repeat(16))),
                        "may not be more than 32 bytes"),
                BROKER.refuses(
                        ALL + ".keyAlgorithm",
                        "one of ECDSA, RSA",
                        issued("keyAlgorithm: ECDSA"),
                        issued("keyAlgorithm: DSA"),
                        "supported values: \"ECDSA\", \"RSA\""));
    }

    private static Stream<RuleCase> own() {
        String one = "'%s',".formatted("ab".repeat(32));
        return Stream.of(
                BROKER.refuses(
                        OWN + ".duration",
                        "duration must be 24h or longer, such as 26280h",
                        own("duration: 24h"),
                        own("duration: 23h")),
                BROKER.refuses(
                        OWN + ".duration",
                        "maxLength 32",
                        own("duration: %s24h".formatted("0s".repeat(14))),
                        own("duration: %s24h".formatted("0s".repeat(15))),
                        "may not be more than 32 bytes"),
                BROKER.refuses(
                        OWN + ".acceptedFingerprints",
                        "each fingerprint must be a SHA-256 in hexadecimal, with or without colons",
                        accepting(one),
                        accepting("'" + "ab".repeat(31) + "'")),
                BROKER.refuses(
                        OWN + ".acceptedFingerprints[]",
                        "maxLength 95",
                        accepting("'" + "ab:".repeat(31) + "ab'"),
                        accepting("'" + "ab:".repeat(32) + "'"),
                        "may not be more than 95 bytes"),
                BROKER.refuses(
                        OWN + ".acceptedFingerprints",
                        "maxItems 16",
                        accepting(one.repeat(16)),
                        accepting(one.repeat(17)),
                        "must have at most 16 items"));
    }

    private static String issued(String more) {
        return "tls: {clientCertificates: {issuer: {own: {}}, %s}}".formatted(more);
    }

    private static String own(String settings) {
        return "tls: {clientCertificates: {issuer: {own: {%s}}}}".formatted(settings);
    }

    private static String accepting(String fingerprints) {
        return own("acceptedFingerprints: [%s]".formatted(fingerprints));
    }
}
