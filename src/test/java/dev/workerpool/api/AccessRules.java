package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;
import static dev.workerpool.api.RuleCase.Subject.POOL;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of who reaches workers and brokers. */
final class AccessRules {
    private static final String BLOCK = "{ipBlock: {cidr: 10.0.0.0/8}}";
    private static final String BOTH = "{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}";
    private static final String PODS = "podSelector: {matchLabels: {app: redis}}";

    private AccessRules() {}

    static List<RuleCase> all() {
        return Stream.of(ofPools(), places(), selectors(), sizes())
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<RuleCase> ofPools() {
        return Stream.of(
                POOL.refuses(
                        "spec.access",
                        "access goes with template: of what workloadRef names nothing but its scale is touched",
                        "template: null, workloadRef: {name: mail}",
                        "template: null, workloadRef: {name: mail}, access: {}"),
                POOL.refuses(
                        "spec.access.networkPolicy",
                        "one of Managed, None",
                        "access: {networkPolicy: None}",
                        "access: {networkPolicy: Off}",
                        "supported values: \"Managed\", \"None\""),
                POOL.refuses(
                        "spec.access.egress",
                        "egress goes with networkPolicy: Managed",
                        egress(BLOCK),
                        "access: {networkPolicy: None, egress: [{to: [" + BLOCK + "]}]}"),
                POOL.refuses(
                        "spec.access.egress",
                        "each of egress[].to is either an ipBlock, or a podSelector, a namespaceSelector or both",
                        egress("{podSelector: {}, namespaceSelector: {}}"),
                        egress(BOTH)),
                POOL.refuses(
                        "spec.access.egress",
                        "maxItems 32",
                        "access: {egress: [%s]}".formatted(many(32, "{}")),
                        "access: {egress: [%s]}".formatted(many(33, "{}")),
                        "must have at most 32 items"),
                POOL.refuses(
                        "spec.access.egress[].to",
                        "maxItems 64",
                        egress(many(64, BLOCK)),
                        egress(many(65, BLOCK)),
                        "must have at most 64 items"));
    }

    private static Stream<RuleCase> places() {
        return Stream.of(
                BROKER.refuses(
                        "spec.network",
                        "give addresses of a broker outside of the cluster, or the podSelector of one inside, not both",
                        "network: {addresses: [10.0.0.0/8]}",
                        "network: {addresses: [10.0.0.0/8], " + PODS + "}"),
                BROKER.refuses(
                        "spec.network",
                        "network.ports is needed beside network.podSelector: all ports of servers and sentinels, which only they know",
                        "url: {value: 'redis://h:6379'}, redis: {topology: Cluster}, network: {ports: [6379], " + PODS
                                + "}",
                        "url: {value: 'redis://h:6379'}, redis: {topology: Cluster}, network: {" + PODS + "}"),
                BROKER.refuses(
                        "spec.network.addresses",
                        "each address must be a block such as 10.0.0.0/8, 10.1.2.3/32 or fd00::/8",
                        "network: {addresses: [10.1.2.3/32, 'fd00::/8']}",
                        "network: {addresses: [10.1.2.3]}"));
    }

    private static Stream<RuleCase> selectors() {
        return Stream.of(
                BROKER.refuses(
                        "spec.network.podSelector",
                        "must select by something: an empty one would shut every pod of the namespace",
                        "network: {podSelector: {matchExpressions: [{key: app, operator: Exists}]}}",
                        "network: {podSelector: {}}"),
                BROKER.refuses(
                        "spec.network.from",
                        "from goes with podSelector: only of a broker in the cluster can be said who reaches it",
                        "network: {from: [" + BLOCK + "], " + PODS + "}",
                        "network: {from: [" + BLOCK + "]}"),
                BROKER.refuses(
                        "spec.network.from",
                        "each of from is either an ipBlock, or a podSelector, a namespaceSelector or both",
                        "network: {from: [" + BLOCK + "], " + PODS + "}",
                        "network: {from: [{}], " + PODS + "}"));
    }

    private static Stream<RuleCase> sizes() {
        return Stream.of(
                ports("minItems 1", "1", "", "should have at least 1 items"),
                ports("maxItems 16", many(16, "1"), many(17, "1"), "must have at most 16 items"),
                BROKER.refuses(
                        "spec.network.ports[]",
                        "minimum 1",
                        "network: {ports: [1]}",
                        "network: {ports: [0]}",
                        "greater than or equal to 1"),
                BROKER.refuses(
                        "spec.network.ports[]",
                        "maximum 65535",
                        "network: {ports: [65535]}",
                        "network: {ports: [65536]}",
                        "less than or equal to 65535"),
                BROKER.refuses(
                        "spec.network.addresses",
                        "minItems 1",
                        "network: {addresses: [10.0.0.0/8]}",
                        "network: {addresses: []}",
                        "should have at least 1 items"),
                BROKER.refuses(
                        "spec.network.addresses",
                        "maxItems 64",
                        "network: {addresses: [%s]}".formatted(many(64, "10.0.0.0/8")),
                        "network: {addresses: [%s]}".formatted(many(65, "10.0.0.0/8")),
                        "must have at most 64 items"),
                BROKER.refuses(
                        "spec.network.addresses[]",
                        "maxLength 50",
                        "network: {addresses: ['%s::/8']}".formatted("0".repeat(46)),
                        "network: {addresses: ['%s::/8']}".formatted("0".repeat(47)),
                        "may not be more than 50 bytes"),
                BROKER.refuses(
                        "spec.network.from",
                        "maxItems 64",
                        "network: {from: [%s], %s}".formatted(many(64, BLOCK), PODS),
                        "network: {from: [%s], %s}".formatted(many(65, BLOCK), PODS),
                        "must have at most 64 items"));
    }

    private static RuleCase ports(String constraint, String accepted, String refused, String says) {
        return BROKER.refuses(
                "spec.network.ports",
                constraint,
                "network: {ports: [%s]}".formatted(accepted),
                "network: {ports: [%s]}".formatted(refused),
                says);
    }

    private static String egress(String peers) {
        return "access: {egress: [{to: [%s]}]}".formatted(peers);
    }

    private static String many(int times, String item) {
        return IntStream.range(0, times).mapToObj(one -> item).collect(Collectors.joining(", "));
    }
}
