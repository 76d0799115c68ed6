package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Connects to all masters of a Redis Cluster, once each. Whoever was one of them the last time is asked as well, so that the
 * address in the URL may be that of a node which is gone. Lettuce's own client of clusters holds a connection more than there are
 * masters and makes lost ones again unasked, on which the server would announce nothing.
 */
final class Masters {
    private final Duration patience;
    private volatile List<Endpoint> known = List.of();

    Masters(Duration patience) {
        this.patience = patience;
    }

    CompletableFuture<Nodes> connect(Endpoint first, Function<Endpoint, CompletableFuture<Node>> dial) {
        Set<Endpoint> seeds = new LinkedHashSet<>(List.of(first));
        seeds.addAll(known);
        return slots(seeds.iterator(), dial).thenCompose(slots -> {
            known = List.copyOf(slots.masters());
            List<Node> made = new ArrayList<>();
            return all(slots.masters().iterator(), dial, made)
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            made.forEach(Masters::close);
                        }
                    })
                    .thenApply(done -> Nodes.of(made, slots));
        });
    }

    /** What the first of them says that can be asked. */
    private CompletableFuture<Slots> slots(Iterator<Endpoint> seeds, Function<Endpoint, CompletableFuture<Node>> dial) {
        return dial.apply(seeds.next())
                .thenCompose(node -> Slots.ask(node)
                        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((slots, failure) -> close(node)))
                .exceptionallyCompose(
                        failure -> seeds.hasNext() ? slots(seeds, dial) : CompletableFuture.failedFuture(failure));
    }

    /** One after the other, so that it is known of whom a failure speaks. */
    private static CompletableFuture<Void> all(
            Iterator<Endpoint> masters, Function<Endpoint, CompletableFuture<Node>> dial, List<Node> made) {
        if (!masters.hasNext()) {
            return CompletableFuture.completedFuture(null);
        }
        return dial.apply(masters.next()).thenCompose(node -> {
            made.add(node);
            return all(masters, dial, made);
        });
    }

    private static void close(Node node) {
        Unawaited.result(node.connection().closeAsync());
    }
}
