package dev.workerpool.tools.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C or SIGTERM: the demo ends in its own order, and the JVM waits for it. */
final class Stop {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread starting;
    private volatile boolean started;

    private Stop(Thread starting) {
        this.starting = starting;
    }

    /** For the thread that calls: while it starts things, it is interrupted. */
    static Stop onSignal() {
        Stop stop = new Stop(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop::run));
        return stop;
    }

    private void run() {
        told.countDown();
        if (!started) {
            starting.interrupt();
        }
        try {
            if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("not everything was ended within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on the show looks itself whether it is to stop. */
    void started() {
        started = true;
    }

    boolean isTold() {
        return told.getCount() == 0;
    }

    /** Waits so long, or until it is told; whether it was. */
    boolean toldWithin(Duration wait) throws InterruptedException {
        return told.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    void done() {
        done.countDown();
    }
}
