package dev.workerpool.operator;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.Given;
import dev.workerpool.desired.Proven;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What of a pool's would start pods without what is due to them, or may still run some: workers and singletons, in words for people. */
final class Behind {
    private Behind() {}

    /** @param has whether what is given has it; of a template that names nothing of a Broker's, empty */
    static Stream<String> of(PoolCaches caches, PoolKey pool, Predicate<Optional<Proven>> has) {
        Stream<String> workers = caches
                .deployment(pool.namespace(), pool.name())
                .filter(live -> Handouts.rolls(live) || !has.test(Given.to(live)))
                .map(live -> "pool " + pool.name())
                .stream();
        Stream<String> singletons = caches.singletonsOf(pool).stream()
                .filter(live -> Singletons.isBeingReplaced(live) || !has.test(Given.to(live)))
                .map(live -> "singleton " + live.getMetadata().getName())
                .sorted();
        return Stream.concat(workers, singletons);
    }
}
