package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A template that cannot be run: it is told why, and what already runs goes on as it is. */
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadTemplateIT {
    private static final String NO_WORKER =
            "template: {spec: {containers: [{name: app, image: example.com/app:1}, {name: proxy, image: example.com/proxy:1}]}}";
    private static final String WHICH = "which container is the worker? None of app, proxy is named worker; name it so";

    private static final String UNKNOWN_VOLUME =
            "template: {spec: {containers: [{name: worker, image: example.com/worker:2, "
                    + "volumeMounts: [{name: nowhere, mountPath: /data}]}]}}";
    private static final String NOT_FOUND =
            "the API server refuses the pool's Deployment: .*volumeMounts\\[0\\].name: Not found: \"nowhere\".*";

    private static final String BAD_VARIABLE =
            "template: {spec: {containers: [{name: worker, image: example.com/worker:2, env: [{name: \"1=2\", value: x}]}]}}";

    private final Neighbourhood all;

    BadTemplateIT(ControlPlane cluster, TestNamespace namespace) {
        all = Neighbourhood.of(cluster, namespace);
    }

    @AfterAll
    void endsWithoutAPasswordTold() {
        all.end();
    }

    @Test
    void withoutAWorkersContainerNothingIsMadeUntilOneIsNamed() {
        apply("unnamed", NO_WORKER);
        all.enqueue("unnamed", 2);
        Told pool = all.pool("unnamed");
        pool.says("Stalled", "True", "NoWorkerContainer", WHICH);
        pool.says("Ready", "False", "NoWorkerContainer", WHICH);
        pool.says("Reconciling", "False", "NoWorkerContainer", "the pool cannot be run as it is written");
        all.neighbour().goesOn();
        assertEquals(-1, all.pools().replicas("unnamed"));

        apply("unnamed", NO_WORKER.replace("name: app", "name: worker"));
        all.awaitReplicas("unnamed", 2);
        recovered("unnamed", "NoWorkerContainer");
    }

    @Test
    void aNewTemplateWithoutAWorkersContainerLeavesTheDeploymentAsItIs() {
        apply("renamed", good());
        all.enqueue("renamed", 2);
        all.awaitReplicas("renamed", 2);
        all.pool("renamed").isReady("AsDecided");
        String before = template("renamed");

        apply("renamed", NO_WORKER);
        all.pool("renamed").says("Stalled", "True", "NoWorkerContainer", WHICH);
        all.neighbour().goesOn();
        assertEquals(before, template("renamed"));
        assertEquals(2, all.pools().replicas("renamed"));

        all.enqueue("renamed", 1);
        apply("renamed", good());
        all.awaitReplicas("renamed", 3);
        recovered("renamed", "NoWorkerContainer");
        assertEquals(before, template("renamed"));
    }

    @Test
    void whatTheApiServerRefusesIsToldInItsWordsUntilItTakesIt() {
        apply("lost", UNKNOWN_VOLUME);
        all.enqueue("lost", 2);
        isRefused("lost", NOT_FOUND);
        all.neighbour().goesOn();
        assertEquals(-1, all.pools().replicas("lost"));

        apply("lost", good());
        all.awaitReplicas("lost", 2);
        recovered("lost", "Refused");
    }

    @Test
    void whileANewTemplateIsRefusedTheOldOneIsScaled() {
        apply("grown", good());
        all.enqueue("grown", 2);
        all.awaitReplicas("grown", 2);
        all.pool("grown").isReady("AsDecided");
        String before = template("grown");

        apply("grown", BAD_VARIABLE);
        isRefused(
                "grown",
                "the API server refuses the pool's Deployment: .*env\\[[0-9]+\\].name: Invalid value: \"1=2\".*");
        all.enqueue("grown", 3);
        all.awaitReplicas("grown", 5);
        assertEquals(before, template("grown"));
        apply("grown", UNKNOWN_VOLUME);
        isRefused("grown", NOT_FOUND);
        all.neighbour().goesOn();
        all.enqueue("grown", 1);
        all.awaitReplicas("grown", 6);
        assertEquals(before, template("grown"));

        apply("grown", good().replace("worker:1", "worker:3"));
        recovered("grown", "Refused");
        assertEquals("example.com/worker:3", image("grown"));
        assertEquals(6, all.pools().replicas("grown"));
    }

    private static String good() {
        return "template: {spec: {containers: [{name: worker, image: example.com/worker:1}]}}";
    }

    private void apply(String name, String template) {
        all.apply(Neighbourhood.pool(name, "jobs").with(template).yaml());
    }

    private void isRefused(String name, String words) {
        all.pool(name).saysLike("Stalled", "True", "Refused", words);
        all.pool(name).saysLike("Ready", "False", "Refused", words);
        all.pool(name).says("BrokerReady", "True", "Connected", "the broker answers");
    }

    private void recovered(String name, String warning) {
        all.pool(name).isReady("AsDecided");
        all.pool(name).says("Stalled", "False", "NotStalled", "nothing needs a person's help");
        all.pool(name).says("BrokerReady", "True", "Connected", "the broker answers");
        all.pool(name).says("ScalingActive", "True", "Deciding", "the operator decides from what waits");
        all.pool(name).warnedOf(warning);
        all.neighbour().goesOn();
    }

    private String template(String name) {
        return all.kubectl("get", "deployment/" + name, "-o", "jsonpath={.spec.template}");
    }

    private String image(String name) {
        return all.kubectl("get", "deployment/" + name, "-o", "jsonpath={.spec.template.spec.containers[0].image}");
    }
}
