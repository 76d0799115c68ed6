package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.POOL;

import dev.workerpool.api.RuleCase.Patches;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of what must run exactly once. */
final class SingletonRules {
    private static final String ALL = "spec.singletons";
    private static final String NAME = ALL + "[].name";
    private static final String COMMAND = ALL + "[].command";
    private static final String ARGS = ALL + "[].args";

    private SingletonRules() {}

    static List<RuleCase> all() {
        return Stream.concat(names(), commands()).toList();
    }

    private static Stream<RuleCase> names() {
        String together =
                "the names of the pool and of a singleton must have at most 51 characters together: its pod is named after both";
        return Stream.of(
                POOL.refuses(
                        NAME,
                        "a singleton's name must be a DNS label: lower case letters, digits and '-'",
                        named("beat-2"),
                        named("beat.2")),
                POOL.refuses(NAME, "minLength 1", named("b"), named("''"), "at least 1 chars long"),
                new RuleCase(
                        POOL,
                        new SchemaRule(NAME, "maxLength 50"),
                        new Patches(
                                "metadata: {name: m}\nspec: {%s}".formatted(named("b".repeat(50))),
                                "metadata: {name: m}\nspec: {%s}".formatted(named("b".repeat(51)))),
                        "may not be more than 50 bytes"),
                POOL.refuses(NAME, "required", named("beat"), "singletons: [{command: [a]}]", "Required value"),
                POOL.refuses(ALL, together, named("b".repeat(47)), named("b".repeat(48))),
                POOL.refuses(
                        ALL,
                        "unique name",
                        "singletons: [{name: a, command: [a]}, {name: b, command: [a]}]",
                        "singletons: [{name: a, command: [a]}, {name: a, command: [b]}]",
                        "Duplicate value"),
                POOL.refuses(ALL, "maxItems 8", many(8), many(9), "must have at most 8 items"),
                POOL.refuses(
                        ALL,
                        "singletons goes with template: they run what the template says, with another command",
                        "template: null, workloadRef: {name: mail}",
                        "template: null, workloadRef: {name: mail}, " + named("beat")));
    }

    private static Stream<RuleCase> commands() {
        return Stream.of(
                POOL.refuses(COMMAND, "required", named("beat"), "singletons: [{name: beat}]", "Required value"),
                POOL.refuses(
                        COMMAND,
                        "minItems 1",
                        named("beat"),
                        "singletons: [{name: beat, command: []}]",
                        "should have at least 1 items"),
                POOL.refuses(
                        COMMAND,
                        "maxItems 64",
                        "singletons: [{name: beat, command: [%s]}]".formatted(words(64)),
                        "singletons: [{name: beat, command: [%s]}]".formatted(words(65)),
                        "must have at most 64 items"),
                POOL.refuses(
                        ARGS,
                        "maxItems 64",
                        "singletons: [{name: beat, command: [a], args: [%s]}]".formatted(words(64)),
                        "singletons: [{name: beat, command: [a], args: [%s]}]".formatted(words(65)),
                        "must have at most 64 items"));
    }

    private static String named(String name) {
        return "singletons: [{name: %s, command: [bundle, exec, clockwork, clock.rb]}]".formatted(name);
    }

    private static String many(int singletons) {
        return IntStream.range(0, singletons)
                .mapToObj("{name: clock-%d, command: [clock]}"::formatted)
                .collect(Collectors.joining(", ", "singletons: [", "]"));
    }

    private static String words(int words) {
        return IntStream.range(0, words).mapToObj(word -> "w" + word).collect(Collectors.joining(", "));
    }
}
