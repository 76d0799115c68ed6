package dev.workerpool.api;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.List;
import java.util.Objects;

/** A Deployment's strategy, with the Deployment's own rules. */
final class StrategySchema {
    private static final String MAX_SURGE = "maxSurge";
    private static final String MAX_UNAVAILABLE = "maxUnavailable";

    private StrategySchema() {}

    static void refine(JSONSchemaProps strategy) {
        JSONSchemaProps type = Objects.requireNonNull(strategy.getProperties().get("type"));
        type.setDescription(
                "RollingUpdate (when it is left out) replaces pods one after another, Recreate all at once");
        type.setEnum(List.of(TextNode.valueOf("Recreate"), TextNode.valueOf("RollingUpdate")));
        strategy.setXKubernetesValidations(List.of(new ValidationRuleBuilder()
                .withRule("!has(self.rollingUpdate) || !has(self.type) || self.type == 'RollingUpdate'")
                .withMessage("rollingUpdate goes with type: RollingUpdate")
                .withFieldPath(".rollingUpdate")
                .build()));
        JSONSchemaProps rolling =
                Objects.requireNonNull(strategy.getProperties().get("rollingUpdate"));
        rolling.setDescription("How many pods may be more or fewer than wanted meanwhile; 25% each when left out");
        describe(rolling, MAX_SURGE, "How many pods more than wanted");
        describe(rolling, MAX_UNAVAILABLE, "How many ready pods fewer than wanted");
        rolling.setXKubernetesValidations(List.of(
                numberOrPercentage(MAX_SURGE),
                numberOrPercentage(MAX_UNAVAILABLE),
                new ValidationRuleBuilder()
                        .withRule("!(" + isZero(MAX_SURGE) + " && " + isZero(MAX_UNAVAILABLE) + ")")
                        .withMessage("maxSurge and maxUnavailable must not both be 0: no pod could ever be replaced")
                        .build()));
    }

    private static void describe(JSONSchemaProps schema, String property, String description) {
        Objects.requireNonNull(schema.getProperties().get(property)).setDescription(description);
    }

    private static ValidationRule numberOrPercentage(String field) {
        return new ValidationRuleBuilder()
                .withRule("!has(self.%1$s) || (type(self.%1$s) == int ? int(self.%1$s) >= 0 ".formatted(field)
                        + ": string(self.%1$s).matches('^(100|[0-9]{1,2})%%$'))".formatted(field))
                .withMessage(field + " must be a number of pods or a percentage of them, such as 1 or 25%")
                .withFieldPath("." + field)
                .build();
    }

    private static String isZero(String field) {
        return "has(self.%1$s) && (self.%1$s == 0 || self.%1$s == '0%%' || self.%1$s == '00%%')".formatted(field);
    }
}
