package dev.workerpool.scaling;

import dev.workerpool.scaling.Measurement.Measured;
import java.util.List;
import java.util.function.Function;

/**
 * A pool's work at one moment, over all its queues.
 *
 * @param paused jobs that wait where the work is paused: part of no other figure
 * @param overlap jobs that may be counted twice, as held and as running; 0 where the framework tells them apart
 */
record Load(int queues, Count waiting, Count held, Count due, Count running, Count paused, long overlap) {

    static Load of(Measured measured, Fleet fleet, Reports reports) {
        var held = sum(measured.queues(), QueueReading::held, "what is held");
        var running = running(measured, fleet, reports);
        return new Load(
                measured.queues().size(),
                sum(measured.queues(), QueueReading::waiting, "what waits"),
                held,
                sum(measured.queues(), QueueReading::due, "what is due"),
                running,
                sum(measured.queues(), QueueReading::paused, "what is paused"),
                measured.heldMayRun() ? Math.min(held.atLeast(), running.atLeast()) : 0);
    }

    /** What waits, is held or is due. */
    Count backlog() {
        return waiting.plus(held).plus(due);
    }

    /** Read to be nothing at all: no figure unknown, none above zero. */
    boolean idle() {
        return backlog().isZero() && running.isZero();
    }

    boolean known() {
        return backlog().unknown().isEmpty() && running.unknown().isEmpty();
    }

    private static Count running(Measured measured, Fleet fleet, Reports reports) {
        var live = fleet.live();
        return switch (measured.workers()) {
            case Workers.Reported reported -> reports.running(live, measured.at(), reported.silentAfter());
            case Workers.Counted counted -> counted(live, counted.running());
            case Workers.Untold untold -> counted(live, new Figure.Unknown(untold.why()));
        };
    }

    /** Where no worker lives, nothing runs that could not be counted. */
    private static Count counted(List<Fleet.Pod> live, Figure running) {
        return live.isEmpty() && !running.known() ? Count.NONE : Count.of(running, "what runs");
    }

    private static Count sum(List<QueueReading> queues, Function<QueueReading, Figure> figure, String what) {
        return queues.stream()
                .map(queue -> Count.of(figure.apply(queue), what + " in queue " + queue.name()))
                .reduce(Count.NONE, Count::plus);
    }
}
