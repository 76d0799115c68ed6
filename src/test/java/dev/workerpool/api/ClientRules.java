package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.BROKER;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of who enqueues. */
final class ClientRules {
    private static final String NAME = "spec.clients[].name";

    private ClientRules() {}

    static Stream<RuleCase> all() {
        String reserved =
                "that name would make a Secret named as the operator's own are: choose one that neither ends with -env nor begins with "
                        + "pin, connection, trust, code, ca, authority, issuer, identity, certificate, signing or env";
        return Stream.of(
                BROKER.refuses(
                        NAME,
                        "a client's name must be a DNS label: lower case letters, digits and '-'",
                        named("web-2"),
                        named("web.2")),
                BROKER.refuses(NAME, reserved, named("pins-web"), named("pin")),
                BROKER.refuses(NAME, reserved, named("web-environment"), named("web-env")),
                BROKER.refuses(NAME, "minLength 1", named("w"), named("''"), "at least 1 chars long"),
                BROKER.refuses(
                        NAME,
                        "maxLength 63",
                        named("w".repeat(63)),
                        named("w".repeat(64)),
                        "may not be more than 63 bytes"),
                BROKER.refuses(NAME, "required", named("web"), "clients: [{}]", "Required value"),
                BROKER.refuses(
                        "spec.clients",
                        "unique name",
                        "clients: [{name: web}, {name: admin}]",
                        "clients: [{name: web}, {name: web}]",
                        "Duplicate value"),
                BROKER.refuses("spec.clients", "maxItems 32", many(32), many(33), "must have at most 32 items"));
    }

    private static String many(int clients) {
        return IntStream.range(0, clients)
                .mapToObj("{name: web-%d}"::formatted)
                .collect(Collectors.joining(", ", "clients: [", "]"));
    }

    private static String named(String name) {
        return "clients: [{name: %s}]".formatted(name);
    }
}
