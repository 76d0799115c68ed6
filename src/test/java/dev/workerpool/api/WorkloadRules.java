package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.POOL;

import java.util.List;
import java.util.stream.Stream;

/** The rules of what runs: a template and how it is rolled out, or a workload of someone else. */
final class WorkloadRules {
    private static final String NUMBER = " must be a number of pods or a percentage of them, such as 1 or 25%";

    private WorkloadRules() {}

    static List<RuleCase> all() {
        return Stream.of(
                        either(),
                        rollout(),
                        template(),
                        numbers(),
                        containers("containers"),
                        containers("initContainers"))
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<RuleCase> either() {
        return Stream.of(
                POOL.refuses(
                        "spec",
                        "give either a template to run, or a workloadRef to scale, not both",
                        "template: null, workloadRef: {name: mail}",
                        "workloadRef: {name: mail}"),
                POOL.refuses(
                        "spec",
                        "strategy, minReadySeconds and progressDeadlineSeconds belong to the Deployment that workloadRef names",
                        "minReadySeconds: 5",
                        "template: null, workloadRef: {name: mail}, minReadySeconds: 5"),
                POOL.refuses(
                        "spec.onStuck",
                        "onStuck: Replace goes with template: of what workloadRef names nothing but its scale is touched",
                        "template: null, workloadRef: {name: mail}, onStuck: Report",
                        "template: null, workloadRef: {name: mail}, onStuck: Replace"),
                POOL.refuses(
                        "spec.workloadRef.kind",
                        "one of Deployment",
                        "template: null, workloadRef: {kind: Deployment, name: mail}",
                        "template: null, workloadRef: {kind: StatefulSet, name: mail}",
                        "supported values: \"Deployment\""));
    }

    private static Stream<RuleCase> rollout() {
        return Stream.of(
                POOL.refuses(
                        "spec.minReadySeconds",
                        "minimum 0",
                        "minReadySeconds: 0",
                        "minReadySeconds: -1",
                        "greater than or equal to 0"),
                POOL.refuses(
                        "spec.progressDeadlineSeconds",
                        "progressDeadlineSeconds (600 when it is left out) must be greater than minReadySeconds",
                        "minReadySeconds: 599",
                        "minReadySeconds: 600"),
                POOL.refuses(
                        "spec.strategy.type",
                        "one of Recreate, RollingUpdate",
                        "strategy: {type: Recreate}",
                        "strategy: {type: BlueGreen}",
                        "supported values: \"Recreate\", \"RollingUpdate\""),
                POOL.refuses(
                        "spec.strategy.rollingUpdate",
                        "rollingUpdate goes with type: RollingUpdate",
                        "strategy: {rollingUpdate: {maxSurge: 1}}",
                        "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}"),
                POOL.refuses(
                        "spec.strategy.rollingUpdate.maxSurge",
                        "maxSurge" + NUMBER,
                        "strategy: {rollingUpdate: {maxSurge: 100%}}",
                        "strategy: {rollingUpdate: {maxSurge: 101%}}"),
                POOL.refuses(
                        "spec.strategy.rollingUpdate.maxUnavailable",
                        "maxUnavailable" + NUMBER,
                        "strategy: {rollingUpdate: {maxUnavailable: 3}}",
                        "strategy: {rollingUpdate: {maxUnavailable: -1}}"),
                POOL.refuses(
                        "spec.strategy.rollingUpdate",
                        "maxSurge and maxUnavailable must not both be 0: no pod could ever be replaced",
                        "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1%}}",
                        "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}"));
    }

    private static Stream<RuleCase> template() {
        return Stream.of(
                POOL.refuses(
                        "spec.template.spec", "required", "", "template: {spec: null, metadata: {}}", "Required value"),
                POOL.refuses(
                        "spec.template.spec.containers",
                        "required",
                        "",
                        "template: {spec: {containers: null}}",
                        "Required value"),
                POOL.refuses(
                        "spec.template.spec.containers",
                        "minItems 1",
                        "",
                        "template: {spec: {containers: []}}",
                        "at least 1 items"),
                POOL.refuses(
                        "spec.template.spec.terminationGracePeriodSeconds",
                        "leave it out and set drainTimeout: the grace period is 10 s more than that",
                        "drainTimeout: 30s",
                        "template: {spec: {terminationGracePeriodSeconds: 30}}"),
                POOL.refuses(
                        "spec.template.spec.restartPolicy",
                        "one of Always",
                        "template: {spec: {restartPolicy: Always}}",
                        "template: {spec: {restartPolicy: Never}}",
                        "supported values: \"Always\""),
                POOL.refuses(
                        "spec.template.spec.volumes",
                        "unique name",
                        "template: {spec: {volumes: [{name: a}, {name: b}]}}",
                        "template: {spec: {volumes: [{name: a}, {name: a}]}}",
                        "Duplicate value"),
                POOL.refuses(
                        "spec.template.spec.volumes[].name",
                        "required",
                        "template: {spec: {volumes: [{name: a}]}}",
                        "template: {spec: {volumes: [{emptyDir: {}}]}}",
                        "Required value"));
    }

    private static Stream<RuleCase> numbers() {
        return Stream.of(
                POOL.refuses(
                        SchemaRules.ANY_NUMBER,
                        "maximum 2147483647",
                        "template: {spec: {priority: 2147483647}}",
                        "template: {spec: {priority: 2147483648}}",
                        "less than or equal to 2147483647"),
                POOL.refuses(
                        SchemaRules.ANY_NUMBER,
                        "minimum -2147483648",
                        "template: {spec: {priority: -2147483648}}",
                        "template: {spec: {priority: -2147483649}}",
                        "greater than or equal to -2147483648"),
                POOL.refuses(
                        SchemaRules.ANY_QUANTITY,
                        "pattern",
                        "template: {spec: {overhead: {memory: 8589934592, cpu: 1500m}}}",
                        "template: {spec: {overhead: {memory: 8 Gi}}}",
                        "should match"));
    }

    private static Stream<RuleCase> containers(String list) {
        String path = "spec.template.spec." + list;
        String place = "template: {spec: {" + list + ": [%s]}}";
        return Stream.of(
                POOL.refuses(
                        path,
                        "unique name",
                        place.formatted("{name: a, image: i}, {name: b, image: i}"),
                        place.formatted("{name: a, image: i}, {name: a, image: i}"),
                        "Duplicate value"),
                POOL.refuses(
                        path + "[].name",
                        "required",
                        place.formatted("{name: a, image: i}"),
                        place.formatted("{image: i}"),
                        "Required value"),
                POOL.refuses(
                        path + "[].image",
                        "required",
                        place.formatted("{name: a, image: i}"),
                        place.formatted("{name: a}"),
                        "Required value"));
    }
}
