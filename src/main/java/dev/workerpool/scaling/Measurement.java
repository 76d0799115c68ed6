package dev.workerpool.scaling;

import java.time.Instant;
import java.util.List;

/** What one round of reading a broker said of a pool's queues. */
public sealed interface Measurement {
    /** When the answer was complete, by the operator's clock. */
    Instant at();

    /**
     * The broker answered.
     *
     * @param heldMayRun whether jobs counted as held may be running ones (Celery with late acknowledgement)
     */
    record Measured(Instant at, List<QueueReading> queues, Workers workers, boolean heldMayRun, Beside beside)
            implements Measurement {
        public Measured {
            queues = List.copyOf(queues);
        }

        /** Of a framework that keeps nothing beside the work. */
        public Measured(Instant at, List<QueueReading> queues, Workers workers, boolean heldMayRun) {
            this(at, queues, workers, heldMayRun, Beside.NOT_KEPT);
        }

        /** The same with other news of the workers. */
        public Measured with(Workers others) {
            return new Measured(at, queues, others, heldMayRun, beside);
        }
    }

    /** The broker did not answer, or has not been asked yet; {@code why} is a sentence for people, without secrets. */
    record Unavailable(Instant at, String why) implements Measurement {}
}
