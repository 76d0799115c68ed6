package dev.workerpool.desired;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What becomes of what a template's author has left open of its pods' security. */
public enum PodSecurity {
    /** As the restricted Pod Security Standard wants it. */
    RESTRICTED,
    /** As Kubernetes has it; what a template was made as before the operator restricted any. */
    AS_WRITTEN;

    /**
     * Of a Deployment that there is, or is to be. One that was made before stays as it is until people change their pool: a password that changes
     * at night must not be the moment at which an image that needs root does not start any more.
     *
     * @param asLastSeen whether the pool is as it was when it was last reported, for where its Deployment does not tell
     */
    public static PodSecurity of(PoolSettings settings, Optional<Deployment> live, BooleanSupplier asLastSeen) {
        return live.filter(made -> !isRestricted(made) && isUnchanged(settings, made, asLastSeen))
                .map(made -> AS_WRITTEN)
                .orElse(RESTRICTED);
    }

    /** Whether it was made so. */
    public static boolean isRestricted(Deployment live) {
        return RESTRICTED.label().equals(Labels.annotation(live, Labels.POD_SECURITY));
    }

    String label() {
        return this == RESTRICTED ? "restricted" : "";
    }

    private static boolean isUnchanged(PoolSettings settings, Deployment made, BooleanSupplier asLastSeen) {
        return Given.to(made)
                .map(given -> Given.isAllThatChanged(settings, given, made).orElseGet(asLastSeen::getAsBoolean))
                .orElse(false);
    }
}
