package dev.workerpool.testing.kubelet;

import static org.awaitility.Awaitility.await;

import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A node without images: a pod's command runs on this machine, in its workingDir, with its args, environment and Secret volumes. A
 * deleted pod's process gets TERM and its grace period; the pod goes when the process has ended. Ended with the test.
 */
public final class ProcessNode implements AutoCloseable {
    /** What a pod template needs to get here, as lines of its spec in YAML flow style. */
    public static final List<String> PLACED_HERE = List.of(
            "nodeSelector: {workerpool.test/node: processes}",
            "tolerations: [{key: workerpool.test/node, operator: Exists}]");

    private static final String NAME = "processes";
    private static final String LABEL = "workerpool.test/node";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, Map<String, String>> images;
    private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> pods;

    private ProcessNode(KubernetesClient client, String namespace, Map<String, Map<String, String>> images) {
        this.client = client;
        this.namespace = namespace;
        this.images = Map.copyOf(images);
        this.pods =
                client.pods().inAnyNamespace().withField("spec.nodeName", NAME).inform(new Kubelet());
    }

    /** Returns when pods of this namespace can be placed here. */
    public static ProcessNode start(KubernetesClient client, TestNamespace namespace) {
        return start(client, namespace, Map.of());
    }

    /**
     * The same.
     *
     * @param images what an image sets in its environment, by its name: a pod's own variables replace it
     */
    public static ProcessNode start(
            KubernetesClient client, TestNamespace namespace, Map<String, Map<String, String>> images) {
        client.resource(node()).create();
        await("the node of processes").atMost(PATIENCE).until(() -> takesPods(client));
        return new ProcessNode(client, namespace.name(), images);
    }

    /** The runs of a pool's or Deployment's pods so far, by the beginning of their names. */
    public List<PodRun> runs(String namePrefix) {
        return runs.values().stream()
                .filter(run -> run.podName().startsWith(namePrefix))
                .toList();
    }

    private final class Kubelet implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            see(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            see(pod);
        }

        /** What goes without a grace period goes at once. */
        @Override
        public void onDelete(Pod pod, boolean unknownState) {
            Optional.ofNullable(runs.get(pod.getMetadata().getUid())).ifPresent(run -> run.terminate(Duration.ZERO));
        }

        private void see(Pod pod) {
            if (!namespace.equals(pod.getMetadata().getNamespace())) {
                letGo(pod);
                return;
            }
            PodRun run = runs.computeIfAbsent(pod.getMetadata().getUid(), uid -> PodRun.begin(client, pod, images));
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                run.terminate(Duration.ofSeconds(pod.getMetadata().getDeletionGracePeriodSeconds()));
            }
        }
    }

    /** What a test that has ended left to be deleted with its namespace, or what its Deployments still make anew. */
    private void letGo(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            PodRun.THREADS.execute(() -> client.resource(pod).withGracePeriod(0).delete());
        }
    }

    private static Node node() {
        Map<String, Quantity> room =
                Map.of("cpu", new Quantity("64"), "memory", new Quantity("64Gi"), "pods", new Quantity("100"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels(LABEL, NAME)
                .addToLabels("kubernetes.io/os", "linux")
                .endMetadata()
                .withNewSpec()
                // Nobody comes here who does not ask for it.
                .addNewTaint("NoSchedule", LABEL, null, NAME)
                .endSpec()
                .withNewStatus()
                .withCapacity(room)
                .withAllocatable(room)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("Started")
                .withMessage("a process a pod")
                .endCondition()
                .endStatus()
                .build();
    }

    /** The taints that new nodes get are gone, and only its own is left. */
    private static boolean takesPods(KubernetesClient client) {
        return client.nodes().withName(NAME).require().getSpec().getTaints().stream()
                .allMatch(taint -> LABEL.equals(taint.getKey()));
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        pods.close();
        runs.values().forEach(PodRun::close);
        client.nodes().withName(NAME).delete();
    }
}
