package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;

import java.util.List;
import java.util.stream.Stream;

/** The rules of a Broker's URL. */
final class BrokerUrlRules {
    private static final String FROM_SECRET = "secretKeyRef: {name: hosted, key: REDIS_URL}";

    private BrokerUrlRules() {}

    static List<RuleCase> all() {
        return Stream.concat(ways(), values()).toList();
    }

    private static Stream<RuleCase> ways() {
        return Stream.of(
                BROKER.refuses("spec.url", "required", "", "url: null", "Required value"),
                BROKER.refuses(
                        "spec.url",
                        "give the url in exactly one way: value or secretKeyRef",
                        "url: {value: null, " + FROM_SECRET + "}",
                        "url: {" + FROM_SECRET + "}"),
                BROKER.refuses(
                        "spec.url",
                        "tls is set but the url is redis:// or amqp://, which is not encrypted: write rediss:// or amqps://",
                        "tls: {trust: {}}",
                        "tls: {trust: {}}, url: {value: 'redis://redis.example.com'}"));
    }

    private static Stream<RuleCase> values() {
        return Stream.of(
                BROKER.refuses(
                        "spec.url.value",
                        "must start with redis://, rediss://, amqp:// or amqps://",
                        "url: {value: 'redis://redis.example.com'}",
                        "url: {value: 'http://redis.example.com'}"),
                BROKER.refuses(
                        "spec.url.value",
                        "must be a URL with a host, such as rediss://redis.example.com:6379/0",
                        "url: {value: 'rediss://user@[::1]:6379'}",
                        "url: {value: 'rediss://:6379'}"),
                BROKER.refuses(
                        "spec.url.value",
                        "the port of the url must be between 1 and 65535",
                        "url: {value: 'redis://redis.example.com:65535'}",
                        "url: {value: 'redis://redis.example.com:65536'}"),
                BROKER.refuses(
                        "spec.url.value",
                        "the path of the url is the number of the database, such as /0",
                        "url: {value: 'rediss://redis.example.com/15?timeout=1'}",
                        "url: {value: 'rediss://redis.example.com/jobs'}"),
                BROKER.refuses(
                        "spec.url.value",
                        "the path of the url is one virtual host: write a / in its name as %2F",
                        "url: {value: 'amqps://worker@rabbit.example.com/team%2Fa?heartbeat=10'}",
                        "url: {value: 'amqps://rabbit.example.com/team/a'}"),
                BROKER.refuses(
                        "spec.url.value",
                        "a password does not belong in an object everyone can read: "
                                + "use secretKeyRef, or credentials beside a url without one",
                        "url: {value: 'rediss://worker@redis.example.com:6379'}",
                        "url: {value: 'rediss://:hunter2@redis.example.com:6379'}"),
                BROKER.refuses(
                        "spec.url.value",
                        "minLength 1",
                        "url: {value: 'redis://a'}",
                        "url: {value: ''}",
                        "at least 1 chars long"),
                BROKER.refuses(
                        "spec.url.value",
                        "maxLength 2048",
                        "url: {value: 'redis://%s'}".formatted("a".repeat(2040)),
                        "url: {value: 'redis://%s'}".formatted("a".repeat(2041)),
                        "may not be more than 2048 bytes"));
    }
}
