package dev.workerpool.operator;

import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one reconcile of a pool left behind.
 *
 * @param deployment the live Deployment, as it is after writing
 * @param stall what only a person can mend
 * @param again when something is due without anybody telling so
 * @param network what is to be said of the pool's NetworkPolicy
 */
record Written(
        Optional<Deployment> deployment, Optional<Note> stall, Optional<Duration> again, Optional<Verdict> network) {
    /**
     * So long the Deployment's controller is waited for with the first report, which would otherwise be two. It is a moment where
     * few are made, and most of a minute where a thousand are.
     */
    static final Duration JUST = Duration.ofSeconds(60);

    static Written nothing(Optional<Deployment> live) {
        return new Written(live, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Written stalled(Optional<Deployment> live, Note note) {
        return new Written(live, Optional.of(note), Optional.empty(), Optional.empty());
    }

    Written again(Optional<Duration> then) {
        return new Written(deployment, stall, then, network);
    }

    /** The same beside what became of its NetworkPolicy. */
    Written beside(PoolPolicies.Kept kept) {
        return new Written(
                deployment,
                stall,
                Stream.concat(again.stream(), kept.again().stream()).min(Duration::compareTo),
                kept.told());
    }

    /** Whether nothing is wrong with the Deployment but that its controller has not come to it yet. */
    boolean justCreated(Instant now) {
        return stall.isEmpty()
                && deployment
                        .filter(made -> !Noteworthy.rollout(made).observed())
                        .map(made -> Duration.between(
                                Instant.parse(made.getMetadata().getCreationTimestamp()), now))
                        .filter(age -> age.compareTo(JUST) < 0)
                        .isPresent();
    }
}
