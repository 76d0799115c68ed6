package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One pool of a Broker after the other takes up what the Broker gives anew. Who rolls is seen from the Deployments alone; what is kept here
 * is the order, by name, and what keeps two from beginning in the same moment.
 */
final class Turns {
    /** Pools hear of a change one after the other: the first of them by name is known only then. */
    private static final Duration GATHER = Duration.ofMillis(500);

    /** So long a turn is kept for one who has not begun to roll. */
    private static final Duration RESERVED = Duration.ofSeconds(20);

    /** Should nobody be told that the line moves on. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Consumer<PoolKey> wake;
    private final Clock clock;
    private final Map<BrokerKey, Line> lines = new HashMap<>();

    Turns(Consumer<PoolKey> wake, Clock clock) {
        this.wake = wake;
        this.clock = clock;
    }

    /** Whether a pool may begin. */
    sealed interface Turn {
        record Begin() implements Turn {}

        /**
         * @param first who is before it
         * @param again when to ask again without being woken; empty for all but one in a line
         */
        record Wait(String first, Optional<Duration> again) implements Turn {}
    }

    private static final class Line {
        private final TreeSet<String> waiting = new TreeSet<>();
        private final Instant opens;
        private Optional<String> holder = Optional.empty();
        private Instant until = Instant.EPOCH;

        Line(Instant opens) {
            this.opens = opens;
        }

        void give(String pool, Instant now) {
            waiting.remove(pool);
            holder = Optional.of(pool);
            until = now.plus(RESERVED);
        }
    }

    /**
     * @param rolls whether a pool is in a roll-out
     * @param roller some pool of this Broker, other than the one that asks, that is
     */
    synchronized Turn ask(BrokerKey broker, PoolKey pool, Predicate<String> rolls, Supplier<Optional<String>> roller) {
        Instant now = clock.instant();
        Line line = lines.computeIfAbsent(broker, added -> new Line(now.plus(GATHER)));
        line.waiting.add(pool.name());
        Optional<String> holder = line.holder
                .filter(name -> !name.equals(pool.name()))
                .filter(name -> now.isBefore(line.until) || rolls.test(name));
        Optional<String> before = holder.or(roller);
        if (before.isPresent()) {
            return wait(line, pool, before.get());
        }
        if (now.isBefore(line.opens)) {
            return new Turn.Wait(line.waiting.first(), Optional.of(Duration.between(now, line.opens)));
        }
        String first = line.waiting.first();
        if (!first.equals(pool.name())
                && !line.holder.filter(pool.name()::equals).isPresent()) {
            line.give(first, now);
            wake.accept(new PoolKey(pool.namespace(), first));
            return wait(line, pool, first);
        }
        line.give(pool.name(), now);
        return new Turn.Begin();
    }

    private static Turn wait(Line line, PoolKey pool, String before) {
        boolean looks = line.waiting.first().equals(pool.name());
        return new Turn.Wait(before, looks ? Optional.of(LOOK_AGAIN) : Optional.empty());
    }

    /** It has what the Broker gives, and does not roll any more, or will not: the next one is woken. */
    synchronized void leave(BrokerKey broker, PoolKey pool) {
        Line line = lines.get(broker);
        if (line == null) {
            return;
        }
        line.waiting.remove(pool.name());
        line.holder = line.holder.filter(name -> !name.equals(pool.name()));
        if (line.waiting.isEmpty() && line.holder.isEmpty()) {
            lines.remove(broker);
        } else if (line.holder.isEmpty()) {
            wake.accept(new PoolKey(pool.namespace(), line.waiting.first()));
        }
    }

    /** It is gone, whichever line it stood in. */
    synchronized void forget(PoolKey pool) {
        for (BrokerKey broker : Map.copyOf(lines).keySet()) {
            if (broker.namespace().equals(pool.namespace())) {
                leave(broker, pool);
            }
        }
    }

    synchronized void forgetAll() {
        lines.clear();
    }
}
