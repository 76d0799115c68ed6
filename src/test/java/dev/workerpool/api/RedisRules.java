package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of how the servers of a Redis stand together. */
final class RedisRules {
    private static final String ADDRESS = "each address must be a host and a port, such as sentinel-0.redis:26379";
    private static final String NAME = "must be a name as sentinel monitor takes it: letters, digits, '-', '_' and '.'";

    private RedisRules() {}

    /** A place under a sentinel that is right but for what stands there. */
    static String sentinel(String more) {
        return "redis: {topology: Sentinel, sentinel: {masterName: mymaster, addresses: ['s:26379'], " + more + "}}";
    }

    static Stream<RuleCase> all() {
        return Stream.of(topology(), masterName(), addresses()).flatMap(cases -> cases);
    }

    private static Stream<RuleCase> topology() {
        return Stream.of(
                BROKER.refuses(
                        "spec.redis.topology",
                        "one of Cluster, Sentinel, Standalone",
                        "redis: {topology: Cluster}",
                        "redis: {topology: Ring}",
                        "supported values: \"Cluster\", \"Sentinel\", \"Standalone\""),
                BROKER.refuses(
                        "spec.redis",
                        "sentinel goes with topology: Sentinel, and topology: Sentinel needs a sentinel",
                        "redis: {topology: Standalone}",
                        "redis: {topology: Sentinel}"),
                BROKER.refuses(
                        "spec.url",
                        "a Redis Cluster has no database but 0: leave the number out of the url",
                        "url: {value: 'redis://h:6379/0'}, redis: {topology: Cluster}",
                        "url: {value: 'redis://h:6379/10'}, redis: {topology: Cluster}"),
                BROKER.refuses(
                        "spec.redis",
                        "redis says how the servers of a Redis stand together: leave it out where the url is amqp:// or amqps://",
                        "url: {value: 'redis://h:6379'}, redis: {topology: Standalone}",
                        "url: {value: 'amqp://h:5672'}, redis: {topology: Standalone}"),
                BROKER.refuses(
                        "spec.redis.sentinel.tls.trust.source",
                        "one of Bundle, System",
                        sentinel("tls: {trust: {source: System}}"),
                        sentinel("tls: {trust: {source: FirstUse}}"),
                        "supported values: \"Bundle\", \"System\""),
                BROKER.refuses(
                        "spec.redis.sentinel.tls.trust",
                        "required",
                        sentinel("tls: {trust: {}}"),
                        sentinel("tls: {}"),
                        "Required value"),
                BROKER.refuses(
                        "spec.redis.sentinel.credentials.secretRef",
                        "required",
                        sentinel("credentials: {secretRef: {name: login}}"),
                        sentinel("credentials: {}"),
                        "Required value"));
    }

    private static Stream<RuleCase> masterName() {
        String path = "spec.redis.sentinel.masterName";
        String longest = named("m".repeat(253));
        String oneMore = named("m".repeat(254));
        return Stream.of(
                BROKER.refuses(path, NAME, named("my-master_1.eu"), named("'my master'")),
                BROKER.refuses(path, "required", named("m"), named("null"), "Required value"),
                BROKER.refuses(path, "minLength 1", named("m"), named("''"), "at least 1 chars long"),
                BROKER.refuses(path, "maxLength 253", longest, oneMore, "may not be more than 253 bytes"));
    }

    private static String named(String name) {
        return "redis: {topology: Sentinel, sentinel: {masterName: %s, addresses: ['s:26379']}}".formatted(name);
    }

    private static Stream<RuleCase> addresses() {
        String path = "spec.redis.sentinel.addresses";
        return Stream.of(
                BROKER.refuses(path, ADDRESS, at("'[fd00::1]:65535', 'h-1.x:1'"), at("'h:65536'")),
                BROKER.refuses(path, "the addresses must differ", at("'h:1', 'h:2'"), at("'h:1', 'h:1'")),
                BROKER.refuses(path, "required", at("'h:1'"), at("null").replace("[null]", "null"), "Required value"),
                BROKER.refuses(
                        path + "[]",
                        "maxLength 300",
                        at("'%s:1'".formatted("h".repeat(298))),
                        at("'%s:1'".formatted("h".repeat(299))),
                        "may not be more than 300 bytes"),
                BROKER.refuses(path, "minItems 1", at("'h:1'"), at(""), "should have at least 1 items"),
                BROKER.refuses(path, "maxItems 15", at(hosts(15)), at(hosts(16)), "must have at most 15 items"));
    }

    private static String at(String addresses) {
        return "redis: {topology: Sentinel, sentinel: {masterName: m, addresses: [%s]}}".formatted(addresses);
    }

    private static String hosts(int count) {
        return IntStream.range(0, count).mapToObj("'h%d:1'"::formatted).collect(Collectors.joining(", "));
    }
}
