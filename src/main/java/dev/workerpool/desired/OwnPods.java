package dev.workerpool.desired;

import java.util.Map;
import java.util.TreeMap;

/** By what NetworkPolicies know the operator's own pods. */
public record OwnPods(String namespace, Map<String, String> labels) {
    public OwnPods {
        labels = Map.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("without labels these would be all pods of the namespace");
        }
    }

    /** In the same order each time. */
    Map<String, String> sortedLabels() {
        return new TreeMap<>(labels);
    }
}
