package dev.workerpool.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one round of reading a broker said of a pool's queues. */
public sealed interface Measurement {
    /** When the answer was complete, by the operator's clock. */
    Instant at();

    /**
     * The broker answered.
     *
     * @param heldMayRun whether jobs counted as held may be running ones (Celery with late acknowledgement)
     * @param next when the same answers say something else, where the broker does not know of it
     * @param stirred whether the broker has told of a change of a queue since the reading before: though it is empty now, a job may
     *     have come and been taken
     */
    record Measured(
            Instant at,
            List<QueueReading> queues,
            Workers workers,
            boolean heldMayRun,
            Beside beside,
            Optional<Instant> next,
            boolean stirred)
            implements Measurement {
        public Measured {
            queues = List.copyOf(queues);
        }

        /** Of a framework that keeps nothing beside the work. */
        public Measured(Instant at, List<QueueReading> queues, Workers workers, boolean heldMayRun) {
            this(at, queues, workers, heldMayRun, Beside.NOT_KEPT);
        }

        /** Of a framework whose times the broker knows. */
        public Measured(Instant at, List<QueueReading> queues, Workers workers, boolean heldMayRun, Beside beside) {
            this(at, queues, workers, heldMayRun, beside, Optional.empty());
        }

        /** As answers alone say it. */
        public Measured(
                Instant at,
                List<QueueReading> queues,
                Workers workers,
                boolean heldMayRun,
                Beside beside,
                Optional<Instant> next) {
            this(at, queues, workers, heldMayRun, beside, next, false);
        }

        /** The same after a change was told of. */
        public Measured whenStirred() {
            return new Measured(at, queues, workers, heldMayRun, beside, next, true);
        }

        /**
         * The same as it is for a pool with these workers: what was taken before the oldest of them began is held by nobody. It is
         * due once a worker would be given it back, and until then waits for that.
         */
        Measured of(Fleet fleet) {
            var since = fleet.workersSince();
            var seen = new ArrayList<QueueReading>();
            var later = 0L;
            for (var queue : queues) {
                var lost = queue.abandoned(since);
                var needed =
                        lost.stream().filter(job -> !job.back().isAfter(at)).count();
                later += lost.size() - needed;
                seen.add(lost.isEmpty() ? queue : queue.without(lost, needed));
            }
            var left = new Beside(beside.scheduled().plus(Figure.of(later)), beside.failed());
            return new Measured(at, seen, workers, heldMayRun, left, next, stirred);
        }

        /** The same with other news of the workers. */
        public Measured with(Workers others) {
            return new Measured(at, queues, others, heldMayRun, beside, next, stirred);
        }
    }

    /** The broker did not answer, or has not been asked yet; {@code why} is a sentence for people, without secrets. */
    record Unavailable(Instant at, String why) implements Measurement {}
}
