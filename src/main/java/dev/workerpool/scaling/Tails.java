package dev.workerpool.scaling;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The oldest waiting job of each queue, and since when it has been that.
 *
 * @param emptyAt when each queue was last seen empty: nothing in it waits for longer
 */
record Tails(Map<String, Stay> byQueue, Map<String, Instant> emptyAt) {
    static final Tails NONE = new Tails(Map.of(), Map.of());

    /**
     * @param oldest when it was enqueued, or since when it has been seen where the framework does not say
     */
    record Stay(String id, Instant oldest) {}

    Tails {
        byQueue = Map.copyOf(byQueue);
        emptyAt = Map.copyOf(emptyAt);
    }

    Tails observe(List<QueueReading> queues, Instant at) {
        var next = new HashMap<String, Stay>();
        var empty = new HashMap<String, Instant>();
        for (var queue : queues) {
            stay(queue, at).ifPresent(stay -> next.put(queue.name(), stay));
            Optional.of(at)
                    .filter(now -> queue.waiting().equals(Figure.of(0)))
                    .or(() -> Optional.ofNullable(emptyAt.get(queue.name())))
                    .ifPresent(time -> empty.put(queue.name(), time));
        }
        return new Tails(next, empty);
    }

    Optional<Instant> oldest(String queue) {
        return Optional.ofNullable(byQueue.get(queue)).map(Stay::oldest);
    }

    /** A queue that is not known to be empty keeps the tail it had while no other can be read. */
    private Optional<Stay> stay(QueueReading queue, Instant at) {
        var before = Optional.ofNullable(byQueue.get(queue.name()));
        if (queue.tail().isEmpty()) {
            return before.filter(stay -> !queue.waiting().equals(Figure.of(0)));
        }
        var tail = queue.tail().get();
        var seen = before.filter(stay -> stay.id().equals(tail.id())).map(Stay::oldest);
        var enqueued = tail.enqueued().filter(stamp -> !isFromBefore(stamp, queue.name()));
        return Optional.of(new Stay(tail.id(), enqueued.or(() -> seen).orElse(at)));
    }

    /** A job that was given back, or had to wait for its time, keeps the stamp of when it was first enqueued. */
    private boolean isFromBefore(Instant stamp, String queue) {
        return Optional.ofNullable(emptyAt.get(queue)).filter(stamp::isBefore).isPresent();
    }
}
