package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A pool's figures over all its queues, as people are shown them.
 *
 * @param oldest when the oldest waiting job was enqueued, or since when it has been seen to wait
 */
public record Totals(
        Figure waiting,
        Figure held,
        Figure due,
        Figure running,
        Figure paused,
        Optional<Instant> oldest,
        Beside beside) {

    public Totals(Figure waiting, Figure held, Figure due, Figure running, Optional<Instant> oldest) {
        this(waiting, held, due, running, Figure.of(0), oldest, Beside.NOT_KEPT);
    }

    /** The figures of a pool whose history already contains the observation. */
    public static Totals of(Observation observation, History history) {
        return switch (observation.current()) {
            case Measurement.Unavailable unavailable -> unknown(unavailable.why());
            case Measurement.Measured measured -> {
                var load = Load.of(measured, observation.fleet(), history.reports());
                var oldest = measured.queues().stream()
                        .flatMap(queue -> history.oldest(queue.name()).stream())
                        .min(Instant::compareTo);
                yield new Totals(
                        load.waiting().figure(),
                        load.held().figure(),
                        load.due().figure(),
                        load.running().figure(),
                        load.paused().figure(),
                        oldest,
                        measured.beside());
            }
        };
    }

    /** How long the oldest job has waited by then: zero where nothing waits, absent where that is not known. */
    public Optional<Duration> oldestAge(Instant now) {
        if (waiting.equals(Figure.of(0))) {
            return Optional.of(Duration.ZERO);
        }
        return oldest.filter(since -> waiting.known())
                .map(since -> Duration.between(since, now))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    private static Totals unknown(String why) {
        var unknown = new Figure.Unknown(why);
        return new Totals(unknown, unknown, unknown, unknown, unknown, Optional.empty(), Beside.unknown(why));
    }
}
