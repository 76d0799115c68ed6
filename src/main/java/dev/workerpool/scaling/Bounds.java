package dev.workerpool.scaling;

/** The sizes a person allows. */
record Bounds(int min, int max) {
    int clamp(int replicas) {
        return Math.clamp(replicas, min, max);
    }

    Decision apply(Need need) {
        if (need.workers() < min) {
            var message = "%s; never fewer than %d (minReplicas)".formatted(need.message(), min);
            return Decision.scaleTo(min, Reason.MinReplicas, message);
        }
        if (need.workers() > max) {
            var message = "%s; never more than %d (maxReplicas)".formatted(need.message(), max);
            return Decision.scaleTo(max, Reason.MaxReplicas, message);
        }
        return Decision.scaleTo(need.workers(), need.reason(), need.message());
    }
}
