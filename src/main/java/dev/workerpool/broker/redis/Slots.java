package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe.Cause;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.slots.ClusterSlotsParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Which master of a Redis Cluster holds which slots. */
record Slots(NavigableMap<Integer, Range> byFirst) {

    /** Both ends are within. */
    record Range(int last, Endpoint master) {}

    /** The answer of one of its nodes; fails in words where it is none, or may not be asked. */
    static CompletableFuture<Slots> ask(Node node) {
        CompletableFuture<List<Object>> answer =
                node.connection().async().clusterSlots().toCompletableFuture();
        node.connection().flushCommands();
        return answer.thenApply(list -> parse(list, node.at())).exceptionally(failure -> {
            Throwable cause = Failures.cause(failure);
            throw new CompletionException(
                    cause instanceof RedisCommandExecutionException
                            ? refusal(String.valueOf(cause.getMessage()), node.at())
                            : cause);
        });
    }

    private static NoMaster refusal(String said, Endpoint at) {
        String where = at.hostAndPort();
        if (said.toLowerCase(Locale.ROOT).contains("cluster support disabled")) {
            return new NoMaster(Cause.Failed, where + " is not part of a Redis Cluster: see redis.topology");
        }
        return new NoMaster(
                Cause.Failed,
                said.startsWith("NOPERM")
                        ? "the login lacks the permission for CLUSTER SLOTS on " + where
                        : where + " does not say who holds which slots: " + Refusals.readable(said));
    }

    /** A node that knows no address of its own is where it was asked. */
    static Slots parse(List<Object> answer, Endpoint asked) {
        NavigableMap<Integer, Range> table = new TreeMap<>();
        ClusterSlotsParser.parse(answer).forEach(range -> {
            var uri = range.getUpstream().getUri();
            String host = uri.getHost() == null || uri.getHost().isEmpty() ? asked.host() : uri.getHost();
            table.put(range.getFrom(), new Range(range.getTo(), asked.moved(host, uri.getPort())));
        });
        return new Slots(table);
    }

    Optional<Endpoint> of(String key) {
        int slot = SlotHash.getSlot(key);
        return Optional.ofNullable(byFirst.floorEntry(slot))
                .map(Map.Entry::getValue)
                .filter(range -> range.last() >= slot)
                .map(Range::master);
    }

    Set<Endpoint> masters() {
        return byFirst.values().stream().map(Range::master).collect(Collectors.toSet());
    }
}
