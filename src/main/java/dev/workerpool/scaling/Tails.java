package dev.workerpool.scaling;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The oldest waiting job of each queue, and since when it has been that. */
record Tails(Map<String, Stay> byQueue) {
    static final Tails NONE = new Tails(Map.of());

    /**
     * @param oldest when it was enqueued, or since when it has been seen where the framework does not say
     */
    record Stay(String id, Instant oldest) {}

    Tails {
        byQueue = Map.copyOf(byQueue);
    }

    Tails observe(List<QueueReading> queues, Instant at) {
        var next = new HashMap<String, Stay>();
        for (var queue : queues) {
            stay(queue, at).ifPresent(stay -> next.put(queue.name(), stay));
        }
        return new Tails(next);
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
        return Optional.of(new Stay(tail.id(), tail.enqueued().or(() -> seen).orElse(at)));
    }
}
