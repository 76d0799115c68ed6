package dev.workerpool.operator.rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What goes on beside a story, step by step. */
final class Clockwork implements AutoCloseable {
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
    private final List<Future<?>> steady = new ArrayList<>();

    /** So long after it has ended. */
    void every(int millis, Runnable step) {
        steady.add(threads.scheduleWithFixedDelay(quiet(step), 0, millis, TimeUnit.MILLISECONDS));
    }

    /** What is not there yet, or was just replaced, is looked at the next time. */
    private static Runnable quiet(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // The next time.
            }
        };
    }

    @Override
    public void close() {
        steady.forEach(task -> task.cancel(false));
        threads.shutdownNow();
    }
}
