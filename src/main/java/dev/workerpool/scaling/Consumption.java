package dev.workerpool.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether what waits in a pool's queues is taken from them. */
public sealed interface Consumption {

    /** Nothing waits. */
    record NothingWaiting() implements Consumption {}

    /** What waits is taken, or has not waited for long enough to say that it is not. */
    record Consuming() implements Consumption {}

    /** Nothing is taken as yet, but this process or a worker is there only since a short while: what was said before stays. */
    record Undecided() implements Consumption {}

    /** Nothing is taken because every worker has something to do. */
    record Busy(List<Left> queues) implements Consumption {
        public Busy {
            queues = List.copyOf(queues);
        }
    }

    /** Nothing is taken, though there are workers that should. */
    record Stuck(Cause cause, List<Left> queues, Shift shift) implements Consumption {
        public Stuck {
            queues = List.copyOf(queues);
        }
    }

    /** People have paused the work in these queues, and jobs wait there. */
    record Paused(List<Left> queues) implements Consumption {
        public Paused {
            queues = List.copyOf(queues);
        }
    }

    /** Nothing is taken, since no worker is there that is ready to. */
    record NoWorkerReady(List<Left> queues) implements Consumption {
        public NoWorkerReady {
            queues = List.copyOf(queues);
        }
    }

    /** Cannot be told; why is a sentence for people. */
    record Unknown(Want want, String why) implements Consumption {}

    /** Why nothing is taken, as far as that can be told. */
    enum Cause {
        /** Workers say which queues they serve, and these are not among them. */
        NOT_SERVED,
        /** Workers say that they run nothing, or fewer jobs run than there are workers. */
        NOT_TAKEN,
        /** No worker says anything. */
        SILENT,
        /** Workers end again and again. */
        CRASHING
    }

    /** What knowledge is wanting. */
    enum Want {
        BROKER,
        BACKLOG,
        RUNNING
    }

    /** A queue, and since when nothing has been taken from it. */
    record Left(String queue, Instant since) {}

    /**
     * The workers there are.
     *
     * @param ready how many are ready
     * @param free those that have run nothing for all that time, the longest first; a silent one among them may only seem so
     * @param served the queues that they say they serve
     */
    record Shift(int ready, List<String> free, Optional<Set<String>> served) {
        public Shift {
            free = List.copyOf(free);
            served = served.map(Set::copyOf);
        }
    }

    /** Queues from which nothing is taken, for want of whatever the reason is but that people have paused them. */
    default int unconsumed() {
        return this instanceof Stuck stuck ? stuck.queues().size() : 0;
    }

    /** Of a pool whose history already contains the observation. */
    static Consumption of(Observation observation, History history, Settings settings) {
        return switch (observation.current()) {
            case Measurement.Unavailable unavailable -> new Unknown(Want.BROKER, unavailable.why());
            case Measurement.Measured measured ->
                new Diagnosis(
                                measured,
                                observation.fleet(),
                                history,
                                settings.stuck().after())
                        .make();
        };
    }
}
