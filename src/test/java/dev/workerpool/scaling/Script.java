package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AReading.noAnswer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a generated pool lives through.
 *
 * @param reports whether its workers report themselves, instead of being counted by the broker
 */
record Script(Settings settings, boolean heldMayRun, boolean reports, List<Step> steps) {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    enum Kind {
        KNOWN,
        NO_ANSWER,
        WAITING_UNKNOWN,
        RUNNING_UNKNOWN
    }

    /**
     * @param after seconds since the step before
     * @param size the pool's size at this step
     * @param spoken whether the workers have reported anew
     */
    record Step(int after, int size, Kind kind, int waiting, int held, int due, int running, boolean spoken) {
        /** Where there is no worker none runs anything, whatever was drawn. */
        boolean idle() {
            // Where no worker lives nothing runs, whether that could be counted or not.
            var told = kind == Kind.KNOWN || (kind == Kind.RUNNING_UNKNOWN && size == 0);
            return told && waiting + held + due + (size == 0 ? 0 : running) == 0;
        }

        Step waiting(int jobs) {
            return new Step(after, size, kind, jobs, held, due, running, spoken);
        }

        Step ofKind(Kind other) {
            return new Step(after, size, other, waiting, held, due, running, spoken);
        }

        Step ofSize(int other) {
            return new Step(after, other, kind, waiting, held, due, running, spoken);
        }

        Step later(int seconds) {
            return new Step(seconds, size, kind, waiting, held, due, running, true);
        }
    }

    /** What an operator has after some steps. */
    record Moment(Instant now, Instant stamp, History history, Optional<Decision> decision) {
        Decision decided() {
            return decision.orElseThrow();
        }
    }

    Settings.Scaling scaling() {
        return settings.scaling().orElseThrow();
    }

    Step last() {
        return steps.getLast();
    }

    Script withLast(Step step) {
        var changed = new ArrayList<>(steps);
        changed.set(changed.size() - 1, step);
        return new Script(settings, heldMayRun, reports, changed);
    }

    Moment begin() {
        return new Moment(START, START, History.begin(START), Optional.empty());
    }

    Moment play() {
        var moment = begin();
        for (var step : steps) {
            moment = play(moment, step);
        }
        return moment;
    }

    Moment play(Moment before, Step step) {
        var now = before.now().plusSeconds(step.after());
        var stamp = step.spoken() ? now : before.stamp();
        var pods = IntStream.range(0, step.size())
                .mapToObj(pod -> new Fleet.Pod("w-" + pod, true, false))
                .toList();
        var fleet = new Fleet(step.size(), step.size(), pods);
        var observation = new Observation(now, fleet, reading(step, pods, stamp).at(now));
        var history = before.history().observe(observation, settings);
        return new Moment(now, stamp, history, Optional.of(Decider.decide(settings, observation, history)));
    }

    private AReading reading(Step step, List<Fleet.Pod> pods, Instant stamp) {
        if (step.kind() == Kind.NO_ANSWER) {
            return noAnswer("timed out");
        }
        var reading = anEmptyReading().waiting(step.waiting()).held(step.held()).due(step.due());
        reading = step.kind() == Kind.WAITING_UNKNOWN ? reading.waitingUnknown("wrong type") : reading;
        reading = heldMayRun ? reading.whereHeldMayRun() : reading;
        if (step.kind() == Kind.RUNNING_UNKNOWN) {
            return reading.runningUnknown("wrong type");
        }
        return reports ? reported(reading, step, pods, stamp) : reading.running(step.running());
    }

    /** The first worker runs everything. */
    private static AReading reported(AReading reading, Step step, List<Fleet.Pod> pods, Instant stamp) {
        var told = reading.withReports();
        for (var pod : pods) {
            told = told.reporting(pod.name(), stamp, pod.name().equals("w-0") ? step.running() : 0);
        }
        return told;
    }

    /** How long the trailing idle steps cover. */
    Duration idleFor() {
        var idle = trailing();
        return Duration.ofSeconds(idle.stream().skip(1).mapToLong(Step::after).sum());
    }

    /** The idle steps at the end. */
    List<Step> trailing() {
        var from = steps.size();
        while (from > 0 && steps.get(from - 1).idle()) {
            from--;
        }
        return steps.subList(from, steps.size());
    }
}
