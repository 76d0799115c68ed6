package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Many commands written at once, each to the server that holds its key. A lost connection fails the batch. */
final class Batch {
    private final Nodes nodes;
    private final Runnable moved;
    private final Map<Node, NodeBatch> byNode = new HashMap<>();

    /** @param moved told when keys turned out to lie on other servers than before */
    Batch(Nodes nodes, Connector connector, Runnable moved) {
        this.nodes = nodes;
        this.moved = moved;
        nodes.all().forEach(node -> byNode.put(node, new NodeBatch(node, () -> connector.check(node))));
    }

    /** Answers each read, if only with why it is refused. */
    CompletableFuture<Map<Read, Reply>> send(Collection<Read> reads) {
        if (reads.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Map<Node, List<Read>> parts =
                reads.stream().collect(Collectors.groupingBy(read -> nodes.of(read.key()), Collectors.toList()));
        return together(parts.entrySet().stream()
                        .map(part -> batch(part.getKey()).send(part.getValue()))
                        .toList())
                .thenCompose(sent -> {
                    Map<Read, Reply> replies = new LinkedHashMap<>();
                    Map<Read, Redirect> redirects = new LinkedHashMap<>();
                    sent.forEach(one -> {
                        replies.putAll(one.replies());
                        redirects.putAll(one.redirects());
                    });
                    return redirects.isEmpty() || !nodes.isCluster()
                            ? CompletableFuture.completedFuture(refused(replies, redirects))
                            : follow(replies, redirects);
                });
    }

    /** Once: what is sent on again is refused, and asked for in the next round. */
    private CompletableFuture<Map<Read, Reply>> follow(Map<Read, Reply> replies, Map<Read, Redirect> redirects) {
        boolean forGood = redirects.values().stream().anyMatch(redirect -> !redirect.asking());
        CompletableFuture<Nodes.Change> refreshed =
                forGood ? nodes.refresh() : CompletableFuture.completedFuture(Nodes.Change.NONE);
        return refreshed.thenCompose(change -> {
            if (change == Nodes.Change.SLOTS) {
                moved.run();
            }
            Map<Redirect, List<Read>> parts =
                    redirects.keySet().stream().collect(Collectors.groupingBy(redirects::get, Collectors.toList()));
            List<CompletableFuture<NodeBatch.Sent>> sent = new ArrayList<>();
            parts.forEach((redirect, reads) -> nodes.at(redirect.to())
                    .map(this::batch)
                    .ifPresent(batch -> sent.add(redirect.asking() ? batch.sendAsking(reads) : batch.send(reads))));
            return together(sent).thenApply(all -> {
                all.forEach(one -> replies.putAll(one.replies()));
                redirects.keySet().removeAll(replies.keySet());
                return refused(replies, redirects);
            });
        });
    }

    private static Map<Read, Reply> refused(Map<Read, Reply> replies, Map<Read, Redirect> redirects) {
        redirects.forEach((read, redirect) -> replies.put(read, Refusals.of(read, redirect.said())));
        return replies;
    }

    /** Done when all servers have answered, and with it everything that they said before. */
    CompletableFuture<Void> ping() {
        return together(nodes.all().stream().map(node -> batch(node).ping()).toList())
                .thenApply(done -> null);
    }

    /** How many of these keys there are; fails with what a server says against it. */
    CompletableFuture<Long> existing(Collection<String> keys) {
        if (!nodes.isCluster()) {
            return batch(nodes.all().getFirst()).existing(keys);
        }
        Map<Node, List<String>> parts = keys.stream().collect(Collectors.groupingBy(nodes::of, Collectors.toList()));
        return together(parts.entrySet().stream()
                        .map(part -> batch(part.getKey()).existingEach(part.getValue()))
                        .toList())
                .thenApply(counts -> counts.stream().mapToLong(Long::longValue).sum());
    }

    /** A server that owes an answer. */
    Optional<Endpoint> silent() {
        return nodes.all().stream()
                .filter(node -> batch(node).isWaiting())
                .map(Node::at)
                .findFirst();
    }

    private NodeBatch batch(Node node) {
        return Objects.requireNonNull(byNode.get(node));
    }

    private static <T> CompletableFuture<List<T>> together(List<CompletableFuture<T>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
    }
}
