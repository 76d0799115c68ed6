package dev.workerpool.api;

import dev.workerpool.api.RuleCase.Subject;
import java.util.List;
import java.util.stream.Stream;

/** Every rule with an object that it lets pass and one that it refuses. */
final class RuleCases {
    private RuleCases() {}

    static List<RuleCase> all() {
        return Stream.of(
                        BrokerRules.all(),
                        BrokerUrlRules.all(),
                        PoolRules.all(),
                        FrameworkRules.all(),
                        ScalingRules.all(),
                        WorkloadRules.all(),
                        AccessRules.all(),
                        SingletonRules.all(),
                        ReferenceRules.all())
                .flatMap(List::stream)
                .toList();
    }

    static List<RuleCase> of(Subject subject) {
        return all().stream().filter(rule -> rule.subject() == subject).toList();
    }
}
