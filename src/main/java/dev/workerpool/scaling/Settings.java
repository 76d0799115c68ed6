package dev.workerpool.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * A pool's wishes for its size, parsed once.
 *
 * @param replicas what rules unless scaling is active
 * @param concurrency jobs one pod runs at a time, 1 or more
 */
public record Settings(int replicas, int concurrency, Optional<Scaling> scaling, Stuck stuck) {

    public Settings(int replicas, int concurrency, Optional<Scaling> scaling) {
        this(replicas, concurrency, scaling, Stuck.REPORTED);
    }

    /**
     * What is made of jobs that nobody takes.
     *
     * @param after how long a queue's oldest job is left where it is before that is said
     * @param replace whether a worker that takes nothing is replaced
     */
    public record Stuck(Duration after, boolean replace) {
        static final Stuck REPORTED = new Stuck(Duration.ofMinutes(5), false);
    }

    /**
     * How the operator chooses.
     *
     * @param min 0 or more
     * @param max at least min, 1 or more
     * @param backlogPerWorker one worker for so many jobs of backlog, 1 or more
     * @param idleAfter how long idleness must be proven before the last worker goes
     */
    public record Scaling(Mode mode, int min, int max, int backlogPerWorker, Duration idleAfter) {
        public Scaling {
            if (min < 0 || max < Math.max(1, min) || backlogPerWorker < 1 || idleAfter.isNegative()) {
                throw new IllegalArgumentException("min %d, max %d, backlogPerWorker %d, idleAfter %s"
                        .formatted(min, max, backlogPerWorker, idleAfter));
            }
        }
    }

    public enum Mode {
        /** Decide and do. */
        ACTIVE,
        /** Decide and report; {@link Settings#replicas} stays in force. */
        RECOMMEND,
        /** Keep the present size. */
        PAUSED
    }
}
