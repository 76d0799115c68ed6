package dev.workerpool.story.moving;

import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.ProducerRefused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Jobs that a framework's real client sends at a steady rate, each under a name of its own, until this is stopped. */
final class Flow implements AutoCloseable {
    private static final int EVERY_MILLIS = 100;
    private static final Duration EACH = Duration.ofMillis(50);

    private final JobsApp app;
    private final String queue;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Producer producer;
    private int next;
    private boolean paused;
    private @Nullable Future<?> sending;

    private Flow(JobsApp app, String queue, Map<String, String> environment) {
        this.app = app;
        this.queue = queue;
        this.producer = app.producer(environment);
    }

    /** Ten jobs a second. */
    static Flow of(JobsApp app, String queue, Map<String, String> environment) {
        Flow flow = new Flow(app, queue, environment);
        flow.sending = flow.clock.scheduleAtFixedRate(flow::send, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return flow;
    }

    /** From now on by a client that was started anew, with these variables. */
    void goesOnBy(Map<String, String> environment) {
        Producer another = app.producer(environment);
        synchronized (this) {
            producer.close();
            producer = another;
        }
    }

    String queue() {
        return queue;
    }

    /** The jobs that the broker has taken. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    /** Why it did not take others. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Sends nothing until {@link #resume}. */
    synchronized void pause() {
        paused = true;
    }

    synchronized void resume() {
        paused = false;
    }

    private synchronized void send() {
        if (paused) {
            return;
        }
        String name = queue + "-" + next++;
        try {
            producer.send(Jobs.jobs(1).lasting(EACH).inQueue(queue).countedUnder(name));
            sent.add(name);
        } catch (ProducerRefused e) {
            refused.add(name + ": " + e.getMessage());
        }
    }

    /** Sends no more; returns when the last is sent. */
    void stop() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the producer of " + queue + " hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (sending != null) {
            sending.cancel(false);
        }
        clock.shutdownNow();
        producer.close();
    }
}
