package dev.workerpool.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * How many workers some work asks for, before any bound.
 *
 * <p>Where held jobs may be running ones, the same job may have been counted twice. Nobody can tell how many were, so
 * there are two answers: {@link #least} takes every held job it can for a running one, and may raise; {@link #most}
 * takes none for one, and nothing is lowered beneath it. Elsewhere the two are the same.
 *
 * @param workers 0 only where there is no work
 * @param reason what asks for the most: the backlog, or what runs
 * @param message the figures and the rule
 */
record Need(int workers, Reason reason, String message) {

    static Need least(Load load, Settings settings, Settings.Scaling scaling) {
        return of(load, load.overlap(), settings.concurrency(), scaling.backlogPerWorker());
    }

    static Need most(Load load, Settings settings, Settings.Scaling scaling) {
        return of(load, 0, settings.concurrency(), scaling.backlogPerWorker());
    }

    private static Need of(Load load, long overlap, int concurrency, int backlogPerWorker) {
        var held = load.held().atLeast() - overlap;
        var backlog = load.waiting().atLeast() + held + load.due().atLeast();
        var taken = load.running().atLeast() + held;
        var forBacklog = workers(backlog, backlogPerWorker);
        var forTaken = workers(taken, concurrency);
        if (forTaken > forBacklog) {
            var text = "%s, %d a worker: %d".formatted(list(running(load), held(held)), concurrency, forTaken);
            return new Need(forTaken, Reason.Running, text);
        }
        if (forBacklog == 0) {
            var paused = load.paused().atLeast();
            var rest = paused == 0 ? "" : "; %d in paused queues need no worker".formatted(paused);
            return new Need(0, Reason.Idle, "nothing waiting, held, due or running" + rest);
        }
        var text = "%s in %s, one worker for %d: %d"
                .formatted(
                        list(
                                part(load.waiting().atLeast(), "waiting"),
                                held(held),
                                part(load.due().atLeast(), "due")),
                        load.queues() == 1 ? "1 queue" : load.queues() + " queues",
                        backlogPerWorker,
                        forBacklog);
        return new Need(forBacklog, Reason.Backlog, text);
    }

    private static int workers(long jobs, int each) {
        return Math.clamp(Math.ceilDiv(jobs, each), 0, Integer.MAX_VALUE);
    }

    private static String running(Load load) {
        return part(load.running().atLeast(), "running");
    }

    private static String held(long held) {
        return part(held, "held");
    }

    private static String part(long jobs, String what) {
        return jobs == 0 ? "" : jobs + " " + what;
    }

    private static String list(String... parts) {
        var present = new ArrayList<>(List.of(parts));
        present.removeIf(String::isEmpty);
        var last = present.removeLast();
        return present.isEmpty() ? last : String.join(", ", present) + " and " + last;
    }
}
