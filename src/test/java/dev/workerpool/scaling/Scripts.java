package dev.workerpool.scaling;

import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.booleans;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.quicktheories.core.Gen;

/** Generates pools and what they live through. */
final class Scripts {
    private static final Gen<Boolean> EITHER = booleans().all();

    private Scripts() {}

    static Gen<Script> any() {
        return settings().zip(EITHER, EITHER, steps(), Script::new);
    }

    /** Those that end with some idle readings, so that zero comes within reach. */
    static Gen<Script> endingIdle() {
        return any().zip(integers().between(0, 8), integers().between(1, 25), Scripts::thenIdle);
    }

    /** One step of known figures. */
    static Gen<Script.Step> known() {
        return step().map(step -> step.ofKind(Script.Kind.KNOWN));
    }

    static Gen<Settings> settings() {
        var scaling = integers()
                .between(0, 3)
                .zip(
                        integers().between(0, 30),
                        integers().between(1, 10),
                        integers().between(1, 120),
                        (min, more, each, idle) -> new Settings.Scaling(
                                Settings.Mode.ACTIVE, min, Math.max(1, min + more), each, Duration.ofSeconds(idle)));
        return scaling.zip(
                integers().between(1, 10), (wishes, concurrency) -> new Settings(1, concurrency, Optional.of(wishes)));
    }

    private static Gen<List<Script.Step>> steps() {
        return lists().of(step()).ofSizeBetween(1, 12);
    }

    private static Gen<Script.Step> step() {
        var time = arbitrary().pick(0, 1, 1, 5, 10, 25, 61, 300);
        var sizes = integers().between(0, 40);
        var queue = arbitrary().pick(0, 0, 1, 7, 60).zip(few(), few(), (waiting, held, due) ->
                new int[] {waiting, held, due});
        var work = queue.zip(
                arbitrary().pick(0, 0, 3, 40),
                EITHER,
                (jobs, running, spoken) ->
                        new Script.Step(0, 0, Script.Kind.KNOWN, jobs[0], jobs[1], jobs[2], running, spoken));
        return work.zip(
                time,
                sizes,
                kind(),
                (step, after, size, kind) -> new Script.Step(
                        after, size, kind, step.waiting(), step.held(), step.due(), step.running(), step.spoken()));
    }

    private static Gen<Script.Kind> kind() {
        return arbitrary()
                .pick(
                        Script.Kind.KNOWN,
                        Script.Kind.KNOWN,
                        Script.Kind.KNOWN,
                        Script.Kind.KNOWN,
                        Script.Kind.KNOWN,
                        Script.Kind.NO_ANSWER,
                        Script.Kind.WAITING_UNKNOWN,
                        Script.Kind.RUNNING_UNKNOWN);
    }

    private static Gen<Integer> few() {
        return arbitrary().pick(0, 0, 0, 1, 9);
    }

    private static Script thenIdle(Script script, int readings, int apart) {
        var idle = IntStream.range(0, readings)
                .mapToObj(reading -> new Script.Step(
                        apart, 1, Script.Kind.KNOWN, 0, 0, 0, 0, script.last().spoken() || reading % 2 == 0));
        return new Script(
                script.settings(),
                script.heldMayRun(),
                script.reports(),
                Stream.concat(script.steps().stream(), idle).toList());
    }
}
