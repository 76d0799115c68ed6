package dev.workerpool.api;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.workerpool.api.RuleCase.Subject;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaRulesTest {
    @ParameterizedTest
    @EnumSource
    void every_rule_of_the_schema_is_tried_and_every_rule_tried_is_in_the_schema(Subject subject) throws IOException {
        String inSchema = lines(SchemaRules.of(definition(subject)).stream().map(SchemaRule::toString));
        String tried =
                lines(RuleCases.of(subject).stream().map(rule -> rule.rule().toString()));
        assertEquals(inSchema, tried);
    }

    @Test
    void a_rule_that_nobody_tries_would_be_seen() throws IOException {
        CustomResourceDefinition crd = definition(Subject.POOL);
        var before = SchemaRules.of(crd);
        requireNonNull(SchemaRules.schema(crd).getProperties().get("spec")).setMaxLength(7L);
        assertNotEquals(before, SchemaRules.of(crd));
    }

    private static CustomResourceDefinition definition(Subject subject) throws IOException {
        String kind = subject.with("{}").get("kind").asText();
        return Crds.definitions().stream()
                .filter(crd -> crd.getSpec().getNames().getKind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static String lines(Stream<String> rules) {
        return rules.sorted().distinct().collect(Collectors.joining("\n"));
    }
}
