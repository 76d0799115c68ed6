package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A pool that an operator watches in an invented time: sees readings and changes, and keeps the decisions. */
final class AWatchedPool {
    private static final Fleet.Life NOT_READY =
            new Fleet.Life(Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH), Optional.empty());

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Settings settings = new Settings(
            3, 2, Optional.of(new Settings.Scaling(Settings.Mode.ACTIVE, 0, 10, 5, Duration.ofMinutes(5))));
    private Fleet fleet = Fleet.none();
    private Instant now = START;
    private History history = History.begin(START);

    static AWatchedPool aPool() {
        return new AWatchedPool();
    }

    /** A pool of this size that has been watched for a minute, in which it needed that size. */
    static AWatchedPool aBusyPoolOf(int replicas) {
        var pool = aPool().ofSize(replicas);
        pool.sees(anEmptyReading().waiting(5L * replicas));
        pool.passes(Duration.ofSeconds(60), anEmptyReading().waiting(5L * replicas));
        return pool;
    }

    AWatchedPool between(int min, int max) {
        return with(new Settings.Scaling(mode(), min, max, 5, scaling().idleAfter()));
    }

    AWatchedPool inMode(Settings.Mode mode) {
        var scaling = scaling();
        return with(new Settings.Scaling(mode, scaling.min(), scaling.max(), 5, scaling.idleAfter()));
    }

    AWatchedPool idleAfter(Duration idleAfter) {
        return with(new Settings.Scaling(mode(), scaling().min(), scaling().max(), 5, idleAfter));
    }

    AWatchedPool withoutScaling() {
        settings = new Settings(settings.replicas(), settings.concurrency(), Optional.empty());
        return this;
    }

    /** That many pods, all of them live: w-0, w-1 and so on. */
    AWatchedPool ofSize(int replicas) {
        var pods = IntStream.range(0, replicas)
                .mapToObj(pod -> new Fleet.Pod("w-" + pod, true, false))
                .toList();
        fleet = new Fleet(replicas, replicas, pods);
        return this;
    }

    /** One more, that was told to go. */
    AWatchedPool withAnEndingPod(String name) {
        var pods = Stream.concat(fleet.pods().stream(), Stream.of(new Fleet.Pod(name, true, true)))
                .toList();
        fleet = new Fleet(fleet.replicas(), fleet.ready(), pods);
        return this;
    }

    /** So many wanted, of which none has come up. */
    AWatchedPool pending(int replicas) {
        fleet = new Fleet(replicas, 0, List.of(new Fleet.Pod("w-0", false, false)));
        return this;
    }

    /** So many that run, and are not ready. */
    AWatchedPool unready(int replicas) {
        fleet = new Fleet(replicas, 0, List.of(new Fleet.Pod("w-0", true, false, NOT_READY, false)));
        return this;
    }

    /** So many that wait for their next start. */
    AWatchedPool crashing(int replicas) {
        fleet = new Fleet(replicas, 0, List.of(new Fleet.Pod("w-0", false, false, NOT_READY, true)));
        return this;
    }

    AWatchedPool withPods(String... names) {
        fleet = new Fleet(
                names.length,
                names.length,
                List.of(names).stream()
                        .map(name -> new Fleet.Pod(name, true, false))
                        .toList());
        return this;
    }

    AWatchedPool withPod(String name, Fleet.Life life) {
        fleet = new Fleet(1, 1, List.of(new Fleet.Pod(name, true, false, life)));
        return this;
    }

    /** The operator ends and another begins. */
    AWatchedPool restarted() {
        history = History.begin(now);
        return this;
    }

    Decision sees(AReading reading) {
        return sees(reading.at(now));
    }

    Decision sees(Measurement measurement) {
        var observation = new Observation(now, fleet, measurement);
        history = history.observe(observation, settings);
        return Decider.decide(settings, observation, history);
    }

    /** Time passes with a new reading of the same content each second; the size does not follow. */
    Decision passes(Duration time, AReading reading) {
        var end = now.plus(time);
        var decision = sees(reading);
        while (now.isBefore(end)) {
            now = now.plusSeconds(1);
            decision = sees(reading);
        }
        return decision;
    }

    /** As {@link #passes}, and the size follows each decision at once. */
    Decision follows(Duration time, AReading reading) {
        var end = now.plus(time);
        var decision = sees(reading);
        while (now.isBefore(end)) {
            ofSize(decision.replicas());
            now = now.plusSeconds(1);
            decision = sees(reading);
        }
        return decision;
    }

    AWatchedPool later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Instant now() {
        return now;
    }

    int size() {
        return fleet.replicas();
    }

    History history() {
        return history;
    }

    Settings settings() {
        return settings;
    }

    Totals totals(AReading reading) {
        return Totals.of(new Observation(now, fleet, reading.at(now)), history);
    }

    /** What is made of the last reading, which is given once more. */
    Consumption consumption(AReading reading) {
        return Consumption.of(new Observation(now, fleet, reading.at(now)), history, settings);
    }

    private Settings.Scaling scaling() {
        return settings.scaling().orElseThrow();
    }

    private Settings.Mode mode() {
        return scaling().mode();
    }

    private AWatchedPool with(Settings.Scaling scaling) {
        settings = new Settings(settings.replicas(), settings.concurrency(), Optional.of(scaling));
        return this;
    }
}
