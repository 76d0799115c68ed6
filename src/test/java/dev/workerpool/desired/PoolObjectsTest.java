package dev.workerpool.desired;

import static dev.workerpool.desired.WorkerPodTest.settings;
import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.workerpool.testing.builders.AWorkerPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolObjectsTest {
    private static final Proven PROVEN = new Proven("jobs-connection-1", Optional.empty());

    @Test
    void a_deployment_always_states_its_replicas() {
        assertEquals(0, deployment(aWorkerPool(), 0).getSpec().getReplicas());
    }

    @Test
    void a_new_size_is_no_new_rendering() {
        assertEquals(annotations(deployment(aWorkerPool(), 1)), annotations(deployment(aWorkerPool(), 7)));
    }

    @Test
    void what_people_and_proofs_put_into_the_template_is_recorded() {
        String inputs = inputs(aWorkerPool(), PROVEN);
        assertEquals(inputs, inputs(aWorkerPool(), PROVEN));
        assertNotEquals(inputs, inputs(aWorkerPool().withConcurrency(3), PROVEN));
        assertNotEquals(inputs, inputs(aWorkerPool().withDrainTimeout("1m"), PROVEN));
        assertNotEquals(inputs, inputs(aWorkerPool().withQueue("other"), PROVEN));
        assertNotEquals(inputs, inputs(aWorkerPool().withWorker(c -> c.withImage("v2")), PROVEN));
        assertNotEquals(inputs, inputs(aWorkerPool(), new Proven("jobs-connection-2", Optional.empty())));
        assertNotEquals(inputs, inputs(aWorkerPool(), new Proven("jobs-connection-1", Optional.of("jobs-trust-1"))));
    }

    @Test
    void the_pods_account_holds_no_token() {
        assertEquals(
                false,
                PoolObjects.serviceAccount(settings(aWorkerPool()))
                        .orElseThrow()
                        .getAutomountServiceAccountToken());
    }

    @Test
    void one_pod_at_a_time_may_be_evicted_and_a_sick_one_always() {
        var budget = PoolObjects.disruptionBudget(settings(aWorkerPool())).getSpec();
        assertEquals(new IntOrString(1), budget.getMaxUnavailable());
        assertEquals("AlwaysAllow", budget.getUnhealthyPodEvictionPolicy());
        assertEquals(Map.of("workerpool.dev/pool", "mail"), budget.getSelector().getMatchLabels());
    }

    @Test
    void everything_is_the_pool_s_and_is_known_by_its_labels() {
        var settings = settings(aWorkerPool());
        List<HasMetadata> all = List.of(
                PoolObjects.serviceAccount(settings).orElseThrow(),
                PoolObjects.disruptionBudget(settings),
                PoolObjects.deployment(settings, PROVEN, 1));
        for (HasMetadata object : all) {
            assertEquals(
                    "uid-of-mail",
                    object.getMetadata().getOwnerReferences().getFirst().getUid());
            assertEquals(Labels.ofPool("mail", "jobs"), object.getMetadata().getLabels());
            assertEquals("mail", object.getMetadata().getName());
        }
    }

    private static Deployment deployment(AWorkerPool pool, int replicas) {
        return PoolObjects.deployment(settings(pool), PROVEN, replicas);
    }

    private static String inputs(AWorkerPool pool, Proven proven) {
        return annotations(PoolObjects.deployment(settings(pool), proven, 1)).getOrDefault(Labels.INPUTS, "none");
    }

    private static Map<String, String> annotations(Deployment deployment) {
        return deployment.getMetadata().getAnnotations();
    }
}
