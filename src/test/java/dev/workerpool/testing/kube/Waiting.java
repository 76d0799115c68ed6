package dev.workerpool.testing.kube;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for another process to do something. */
final class Waiting {

    private static final Duration STEP = Duration.ofMillis(50);

    private Waiting() {}

    /** Fails when the limit has passed; {@code check} may fail earlier, when waiting has become pointless. */
    static void until(String what, Duration limit, BooleanSupplier done, Runnable check) {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            check.run();
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(what + " did not come in " + limit.toSeconds() + " s");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
