package dev.workerpool.operator;

import dev.workerpool.status.PoolSituation.Note;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/**
 * What one reconcile of a pool left behind.
 *
 * @param deployment the live Deployment, as it is after writing
 * @param stall what only a person can mend
 */
record Written(Optional<Deployment> deployment, Optional<Note> stall) {
    static Written nothing(Optional<Deployment> live) {
        return new Written(live, Optional.empty());
    }

    static Written stalled(Optional<Deployment> live, Note note) {
        return new Written(live, Optional.of(note));
    }
}
