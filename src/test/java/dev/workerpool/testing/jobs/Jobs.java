package dev.workerpool.testing.jobs;

import java.time.Duration;
import java.util.OptionalInt;

/** Jobs to send: each sleeps for a while, then adds one to a counter in the broker's database. */
public record Jobs(
        int count,
        Duration lasting,
        String queue,
        String counter,
        OptionalInt priority,
        Duration countdown,
        boolean acknowledgedLate,
        boolean retried) {

    /** Short jobs for the queue {@code default} that count themselves under {@code done}. */
    public static Jobs jobs(int count) {
        return new Jobs(
                count, Duration.ofMillis(10), "default", "done", OptionalInt.empty(), Duration.ZERO, false, false);
    }

    public Jobs lasting(Duration each) {
        return new Jobs(count, each, queue, counter, priority, countdown, acknowledgedLate, retried);
    }

    public Jobs inQueue(String name) {
        return new Jobs(count, lasting, name, counter, priority, countdown, acknowledgedLate, retried);
    }

    public Jobs countedUnder(String key) {
        return new Jobs(count, lasting, queue, key, priority, countdown, acknowledgedLate, retried);
    }

    /** Celery: 0 (first, as on Redis) to 9. RQ: any, to the front of the queue. BullMQ: 1 (first) upwards, after those without. */
    public Jobs withPriority(int level) {
        return new Jobs(count, lasting, queue, counter, OptionalInt.of(level), countdown, acknowledgedLate, retried);
    }

    /** Not before this much time has passed: an ETA in Celery, the schedule in Sidekiq and RQ, a delay in BullMQ. */
    public Jobs after(Duration wait) {
        return new Jobs(count, lasting, queue, counter, priority, wait, acknowledgedLate, retried);
    }

    /** Each fails at its first try, and is tried again 3 s later. */
    public Jobs doneAtTheSecondTry() {
        return new Jobs(count, lasting, queue, counter, priority, countdown, acknowledgedLate, true);
    }

    /** Celery only: acknowledged when done, not when taken. */
    public Jobs acknowledgedWhenDone() {
        return new Jobs(count, lasting, queue, counter, priority, countdown, true, retried);
    }
}
