package dev.workerpool.scaling;

import dev.workerpool.scaling.Measurement.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a pool since this process began to watch it; an immutable value, folded with each observation.
 * Its time is that of the measurements: while no new one comes it stands still, and nothing is lowered for an old one.
 *
 * @param since when watching began: before a full window has passed nothing is lowered
 * @param now the latest measurement
 * @param startUp outlives all else: how long workers take to start does not change by looking away
 * @param reading the measurement that was folded last; the same one seen again is no new reading
 */
public record History(
        Instant since,
        Instant now,
        Optional<Instant> reading,
        Windows windows,
        Reports reports,
        Optional<Idleness> idleness,
        Tails tails,
        StartUp startUp,
        Stillness stillness) {

    /** Twice the longest poll interval: whoever has slept for so long knows as little as one who has just started. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    /** A clock set back by no more than this stands still instead. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    public static History begin(Instant now) {
        return new History(
                now,
                now,
                Optional.empty(),
                Windows.NONE,
                Reports.NONE,
                Optional.empty(),
                Tails.NONE,
                StartUp.UNKNOWN,
                Stillness.NONE);
    }

    public History observe(Observation observation, Settings settings) {
        var base =
                continuedAt(observation.now()) ? this : begin(observation.now()).knowing(startUp);
        var measurement = observation.current();
        var time = base.now.isAfter(measurement.at()) ? base.now : measurement.at();
        return switch (measurement) {
            case Measurement.Unavailable unavailable -> base.without(time, observation.fleet());
            case Measured measured -> base.with(time, observation.fleet(), measured, settings);
        };
    }

    /** When the oldest job of the queue was enqueued, or since when it has been seen to wait. */
    public Optional<Instant> oldest(String queue) {
        return tails.oldest(queue);
    }

    boolean fullWindow() {
        return !now.isBefore(fullWindowAt());
    }

    Instant fullWindowAt() {
        return since.plus(Windows.LENGTH);
    }

    private boolean continuedAt(Instant instant) {
        return !instant.isBefore(now.minus(CLOCK_TOLERANCE)) && !instant.isAfter(now.plus(FORGOTTEN_AFTER));
    }

    /** An unknown moment recommends the size it had. */
    private History without(Instant time, Fleet fleet) {
        var seen = windows.observe(time, fleet.replicas(), fleet.replicas());
        return new History(since, time, reading, seen, reports, Optional.empty(), tails, startUp, stillness);
    }

    private History with(Instant time, Fleet fleet, Measured measured, Settings settings) {
        var heard = measured.workers() instanceof Workers.Reported reported
                ? reports.observe(reported, fleet, measured.at())
                : Reports.NONE;
        var load = Load.of(measured, fleet, heard);
        var seen = windows.observe(time, fleet.replicas(), needed(load, fleet, settings));
        return new History(
                since,
                time,
                Optional.of(measured.at()),
                seen,
                heard,
                proof(load, measured, fleet, heard),
                tails.observe(measured.queues(), measured.at()),
                startUp.observe(fleet, since, pod -> atWork(pod, measured, heard)),
                isNew(measured) ? stillness.observe(measured, fleet, heard) : stillness);
    }

    private boolean isNew(Measured measured) {
        return !reading.equals(Optional.of(measured.at()));
    }

    private History knowing(StartUp learned) {
        return new History(since, now, reading, windows, reports, idleness, tails, learned, stillness);
    }

    /** A worker that reports itself is at work when it first does; of any other its readiness is the best word. */
    private static Optional<Instant> atWork(Fleet.Pod pod, Measured measured, Reports heard) {
        if (measured.workers() instanceof Workers.Reported) {
            return Optional.of(measured.at()).filter(now -> heard.hasHeard(pod));
        }
        return pod.life().ready();
    }

    private static int needed(Load load, Fleet fleet, Settings settings) {
        var present = fleet.replicas();
        return settings.scaling()
                .map(scaling -> Need.most(load, settings, scaling).workers())
                .map(need -> load.known() ? need : Math.max(present, need))
                .orElse(present);
    }

    private Optional<Idleness> proof(Load load, Measured measured, Fleet fleet, Reports heard) {
        if (!load.idle()) {
            return Optional.empty();
        }
        if (!isNew(measured)) {
            return idleness;
        }
        var reporters = measured.workers() instanceof Workers.Reported ? fleet.live() : List.<Fleet.Pod>of();
        return Optional.of(idleness.filter(proof -> !measured.stirred())
                .map(proof -> proof.observe(measured.at(), reporters, heard))
                .orElseGet(() -> Idleness.begin(measured.at(), reporters)));
    }
}
