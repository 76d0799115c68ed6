package dev.workerpool.broker.redis;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Replies;
import dev.workerpool.framework.Reply;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** One reading of some pools: the commands of all of them without repetition, then those that follow from the answers. */
record Round(Map<PoolKey, Query> pools, Instant asked) {
    Round {
        pools = Map.copyOf(pools);
    }

    /** Everything but the connection's own work runs in the executor. */
    CompletionStage<Replies> read(Batch batch, Oversized oversized, Executor executor) {
        Set<Read> first = new LinkedHashSet<>();
        pools.values().forEach(query -> first.addAll(query.framework().reads(query.queues(), asked)));
        return send(first, batch, oversized, executor)
                .thenComposeAsync(
                        answers -> {
                            Replies replies = new Replies(asked, answers);
                            Set<Read> second = new LinkedHashSet<>();
                            pools.values()
                                    .forEach(query ->
                                            second.addAll(query.framework().followUps(query.queues(), replies)));
                            second.removeAll(first);
                            return second.isEmpty()
                                    ? CompletableFuture.completedFuture(replies)
                                    : send(second, batch, oversized, executor).thenApply(more -> {
                                        Map<Read, Reply> all = new HashMap<>(answers);
                                        all.putAll(more);
                                        return new Replies(asked, all);
                                    });
                        },
                        executor);
    }

    private CompletionStage<Map<Read, Reply>> send(
            Set<Read> reads, Batch batch, Oversized oversized, Executor executor) {
        Set<Read> sent = new LinkedHashSet<>(reads);
        sent.removeIf(read -> oversized.rests(read, asked));
        return batch.send(sent)
                .thenApplyAsync(
                        answers -> {
                            oversized.note(answers, asked);
                            Map<Read, Reply> all = new HashMap<>(answers);
                            reads.forEach(read -> all.computeIfAbsent(read, Refusals::leftOut));
                            return all;
                        },
                        executor);
    }
}
