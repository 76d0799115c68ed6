package dev.workerpool.broker.redis;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Moment;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Replies;
import dev.workerpool.framework.Reply;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One reading of some pools: the commands of all of them without repetition, then those that follow from the answers. What is
 * known without asking is not asked; a round that has nothing to ask still hears from the server, so that its answers are of now.
 */
final class Round implements Question {
    private final Map<PoolKey, Query> pools;
    private final Instant asked;
    private final Optional<Known> known;
    private final Map<Read, Reply> answers = new HashMap<>();
    private final Map<Read, Reply> fresh = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Keys that have changed since it began. */
    private final Set<String> changed = new HashSet<>();

    /**
     * @param known what holds until its change is announced; empty where changes are not announced
     */
    Round(Map<PoolKey, Query> pools, Instant asked, Optional<Known> known) {
        this.pools = Map.copyOf(pools);
        this.asked = asked;
        this.known = known;
    }

    Map<PoolKey, Query> pools() {
        return pools;
    }

    Instant asked() {
        return asked;
    }

    /** What was asked and answered, by a server that went on announcing changes. */
    Map<Read, Reply> fresh() {
        return fresh;
    }

    @Override
    public void change(Collection<String> keys) {
        changed.addAll(keys);
    }

    Set<String> changed() {
        return changed;
    }

    /** Whether something was taken for known that changed before the round's end: then these answers are not of one moment. */
    boolean isSpoiled(Set<String> keysOfPool) {
        return changed.stream().anyMatch(key -> taken.contains(key) && keysOfPool.contains(key));
    }

    /** Everything but the connection's own work runs in the executor. */
    CompletionStage<Replies> read(Batch batch, Oversized oversized, Executor executor) {
        Set<Read> first = new LinkedHashSet<>();
        pools.values()
                .forEach(query ->
                        first.addAll(query.framework().reads(query.queues(), new Moment(asked, query.ahead()))));
        if (known.isPresent()) {
            companions(first);
        }
        Sending sending = new Sending(batch, oversized, executor);
        return ask(first, sending, true)
                .thenComposeAsync(
                        done -> {
                            Set<Read> second = followUps(new Replies(asked, answers));
                            second.removeAll(first);
                            return ask(second, sending, false);
                        },
                        executor)
                .thenApplyAsync(done -> new Replies(asked, answers), executor);
    }

    private record Sending(Batch batch, Oversized oversized, Executor executor) {}

    /** Whether there is anything in a sorted set, and what comes next there. */
    private void companions(Set<Read> first) {
        List.copyOf(first).forEach(read -> {
            if (read instanceof Read.Timed timed) {
                first.add(new Read.SortedSetSize(timed.key()));
                if (timed.isDated()) {
                    first.add(next(timed));
                }
            }
        });
    }

    static Read next(Read.Timed timed) {
        return new Read.SortedSetNext(timed.key(), timed.now());
    }

    /** Pools whose follow-ups are one and the same list have them looked at once. */
    private Set<Read> followUps(Replies first) {
        Set<Read> second = new LinkedHashSet<>();
        Set<List<Read>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        pools.values().forEach(query -> {
            List<Read> reads = query.framework().followUps(query.queues(), first.ahead(query.ahead()));
            if (seen.add(reads)) {
                second.addAll(reads);
            }
        });
        return second;
    }

    private CompletionStage<Void> ask(Set<Read> reads, Sending by, boolean mustHear) {
        Set<Read> unknown = new LinkedHashSet<>();
        for (Read read : reads) {
            known.flatMap(all -> all.answer(read))
                    .ifPresentOrElse(
                            answer -> {
                                answers.put(read, answer);
                                taken.add(read.key());
                            },
                            () -> unknown.add(read));
        }
        if (unknown.isEmpty()) {
            return mustHear ? by.batch().ping() : CompletableFuture.completedFuture(null);
        }
        Set<Read> sent = new LinkedHashSet<>(unknown);
        sent.removeIf(read -> by.oversized().rests(read, asked));
        return by.batch()
                .send(sent)
                .thenAcceptAsync(
                        replies -> {
                            by.oversized().note(replies, asked);
                            fresh.putAll(replies);
                            answers.putAll(replies);
                            unknown.forEach(read -> answers.computeIfAbsent(read, Refusals::leftOut));
                        },
                        by.executor());
    }
}
