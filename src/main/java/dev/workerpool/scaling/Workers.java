package dev.workerpool.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of the work in progress. */
public sealed interface Workers {

    /**
     * Each worker reports by itself, every so often; a live pod that does not is unknown, not idle.
     *
     * @param reports the last report of each worker of the broker, of this pool or not
     * @param silentAfter how long after its last report a worker counts as silent
     */
    record Reported(List<WorkerReport> reports, Duration silentAfter) implements Workers {
        public Reported {
            reports = List.copyOf(reports);
        }
    }

    /**
     * The broker counts what runs, for the pool as a whole.
     *
     * @param queues those that workers serve, by host name, as far as they say so
     */
    record Counted(Figure running, Map<String, Set<String>> queues) implements Workers {
        public Counted {
            queues = Map.copyOf(queues);
        }

        /** Where nobody says which queues are served. */
        public Counted(Figure running) {
            this(running, Map.of());
        }
    }

    /** Nobody can tell what runs; {@code why} is a sentence for people. */
    record Untold(String why) implements Workers {}
}
