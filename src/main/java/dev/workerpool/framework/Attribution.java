package dev.workerpool.framework;

import dev.workerpool.scaling.Figure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How many of the jobs in a key that all queues share belong to each queue. */
sealed interface Attribution {
    Figure of(String queue);

    static Attribution none() {
        return new Counted(Map.of());
    }

    /** One job that names no queue spoils all counts: it may belong to any of them. */
    static Attribution of(List<Optional<String>> jobs, String what, Function<String, Optional<String>> queueOf) {
        Map<String, Integer> counts = new HashMap<>();
        for (Optional<String> job : jobs) {
            Optional<String> queue = job.flatMap(queueOf);
            if (queue.isEmpty()) {
                return new Failed(what + " does not say which queue it belongs to");
            }
            counts.merge(queue.get(), 1, Integer::sum);
        }
        return new Counted(counts);
    }

    record Counted(Map<String, Integer> byQueue) implements Attribution {
        public Counted {
            byQueue = Map.copyOf(byQueue);
        }

        @Override
        public Figure of(String queue) {
            return Figure.of(byQueue.getOrDefault(queue, 0));
        }
    }

    /**
     * Only the first of too many jobs were read. A queue with some among them has at least these, enough to start
     * workers for; one with none may have some further on.
     */
    record Partly(Counted first, String why) implements Attribution {
        @Override
        public Figure of(String queue) {
            return first.byQueue().containsKey(queue) ? first.of(queue) : new Figure.Unknown(why);
        }
    }

    record Failed(String why) implements Attribution {
        @Override
        public Figure of(String queue) {
            return new Figure.Unknown(why);
        }
    }
}
