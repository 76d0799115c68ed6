package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;

/**
 * A change of size that the API server makes only where the size still is what was seen (otherwise it answers 422). A cache
 * that is behind would lower what somebody else has raised since, to what was more than enough before.
 */
record SizePatch(int from, int to) {

    boolean isDue(Deployment live) {
        return from != to && live.getSpec().getReplicas() == from;
    }

    /** A JSON patch, for a Deployment and for its scale subresource. */
    String json() {
        return """
                [{"op": "test", "path": "/spec/replicas", "value": %d},
                 {"op": "replace", "path": "/spec/replicas", "value": %d}]""".formatted(from, to);
    }

    /** The same as a merge patch: a scale of zero may leave its replicas out, so that they cannot be tested. */
    String merge(String resourceVersion) {
        return """
                {"metadata": {"resourceVersion": "%s"}, "spec": {"replicas": %d}}""".formatted(resourceVersion, to);
    }
}
