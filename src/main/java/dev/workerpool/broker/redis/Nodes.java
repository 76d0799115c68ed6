package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * All servers that are read: one, or each master of a Redis Cluster. They stand and fall together: a cluster, too, refuses
 * all commands while one of its slots has no master (cluster-require-full-coverage).
 */
final class Nodes implements Wire {
    private final List<Node> nodes;
    private volatile Optional<Slots> slots;

    private Nodes(List<Node> nodes, Optional<Slots> slots) {
        this.nodes = List.copyOf(nodes);
        this.slots = slots;
    }

    static Nodes one(Node node) {
        return new Nodes(List.of(node), Optional.empty());
    }

    static Nodes of(List<Node> masters, Slots slots) {
        return new Nodes(masters, Optional.of(slots));
    }

    List<Node> all() {
        return nodes;
    }

    boolean isCluster() {
        return slots.isPresent();
    }

    /** Who answers for a key; of one whose slot nobody holds the first does, and says so. */
    Node of(String key) {
        return slots.flatMap(table -> table.of(key)).flatMap(this::at).orElseGet(nodes::getFirst);
    }

    /** The server at this address, where it is one of these. */
    Optional<Node> at(Endpoint address) {
        return nodes.stream().filter(node -> node.at().equals(address)).findFirst();
    }

    /** A key that nobody else uses, and for which this node answers. */
    String keyOn(Node node, String prefix) {
        String key = prefix + UUID.randomUUID();
        for (int tries = 0; tries < 100_000 && !of(key).equals(node); tries++) {
            key = prefix + UUID.randomUUID();
        }
        return key;
    }

    /** Asks who holds which slot now. */
    CompletableFuture<Change> refresh() {
        if (slots.isEmpty()) {
            return CompletableFuture.completedFuture(Change.NONE);
        }
        Node asked = nodes.get(Math.floorMod((int) System.nanoTime(), nodes.size()));
        return Slots.ask(asked).thenApply(this::take);
    }

    /** What has become of a cluster. */
    enum Change {
        NONE,
        /** Slots have moved from one of these to another. */
        SLOTS,
        /** There are masters to which there is no connection. */
        NODES
    }

    private Change take(Slots now) {
        if (slots.filter(now::equals).isPresent()) {
            return Change.NONE;
        }
        if (now.masters().stream().anyMatch(master -> at(master).isEmpty())) {
            return Change.NODES;
        }
        slots = Optional.of(now);
        return Change.SLOTS;
    }

    @Override
    public void whenLost(Runnable told) {
        nodes.forEach(node -> new Single<>(node.connection()).whenLost(told));
    }

    @Override
    public boolean isOpen() {
        return nodes.stream().allMatch(node -> node.connection().isOpen());
    }

    @Override
    public Optional<Endpoint> lost() {
        return nodes.stream()
                .filter(node -> !node.connection().isOpen())
                .map(Node::at)
                .findFirst();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return CompletableFuture.allOf(
                nodes.stream().map(node -> node.connection().closeAsync()).toArray(CompletableFuture[]::new));
    }
}
