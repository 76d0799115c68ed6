package dev.workerpool.testing.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** The node that KWOK plays: room for thousands of pods, none of which runs. */
final class FakeNode {

    static final String NAME = "kwok-node-0";
    static final String ANNOTATION = "kwok.x-k8s.io/node";
    static final String KIND = "fake";

    private static final Map<String, Quantity> ROOM =
            Map.of("cpu", new Quantity("4000"), "memory", new Quantity("16Ti"), "pods", new Quantity("20000"));

    private FakeNode() {}

    static Node object() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToAnnotations(ANNOTATION, KIND)
                .addToAnnotations("node.alpha.kubernetes.io/ttl", "0")
                .addToLabels("kubernetes.io/hostname", NAME)
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("kubernetes.io/arch", "amd64")
                .endMetadata()
                .withNewStatus()
                .withAllocatable(ROOM)
                .withCapacity(ROOM)
                .endStatus()
                .build();
    }

    /** Ready, and the taint that new nodes get is gone: the scheduler would use it. */
    static boolean takesPods(Node node) {
        boolean ready = node.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return ready && node.getSpec().getTaints().isEmpty();
    }
}
