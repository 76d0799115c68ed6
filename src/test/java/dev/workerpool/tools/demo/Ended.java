package dev.workerpool.tools.demo;

import java.util.concurrent.TimeUnit;

/** How a process that the demo started is ended. */
final class Ended {
    private static final int GRACE_SECONDS = 15;

    private Ended() {}

    /** TERM, and KILL where that does not do; returns when it is gone. */
    static void of(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
