package dev.workerpool.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.kube.RealControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the real API server says to each rule. */
@RealControlPlane
class SchemaRulesIT {
    static final List<RuleCase> RULES = RuleCases.all();

    @ParameterizedTest
    @FieldSource("RULES")
    void lets_pass_what_is_right(RuleCase rule, KubernetesClient client) {
        send(rule.accepted(), client);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void refuses_what_is_wrong_and_says_where_and_why(RuleCase rule, KubernetesClient client) {
        KubernetesClientException refusal =
                assertThrows(KubernetesClientException.class, () -> send(rule.refused(), client));
        assertEquals(422, refusal.getCode(), refusal.getMessage());
        List<StatusCause> causes = refusal.getStatus().getDetails().getCauses().stream()
                .filter(cause -> !cause.getMessage().contains("some validation rules were not checked"))
                .toList();
        String said = causes.toString();
        assertTrue(causes.stream().allMatch(cause -> isAt(cause, rule.rule().path())), said);
        assertTrue(causes.stream().anyMatch(cause -> cause.getMessage().contains(rule.says())), said);
    }

    private static boolean isAt(StatusCause cause, String path) {
        String field = cause.getField().replaceFirst("^\\.", "").replaceAll("\\[\\d+]", "[]");
        return switch (path) {
            case SchemaRules.ANY_NUMBER -> field.equals("spec.template.spec.priority");
            case SchemaRules.ANY_QUANTITY -> field.equals("spec.template.spec.overhead.memory");
            default -> field.equals(path) || field.equals(path + "[]");
        };
    }

    /** A dry run passes all of the API server's checks and stores nothing. */
    private static void send(ObjectNode object, KubernetesClient client) {
        client.resource(Serialization.unmarshal(object.toString(), GenericKubernetesResource.class))
                .inNamespace("default")
                .dryRun()
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create();
    }
}
