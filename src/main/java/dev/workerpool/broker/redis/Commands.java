package dev.workerpool.broker.redis;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ValueScanCursor;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Each {@link Read} as a command of Redis. */
final class Commands {
    private final RedisAsyncCommands<String, String> redis;

    Commands(RedisAsyncCommands<String, String> redis) {
        this.redis = redis;
    }

    /** Fails with what the server said. */
    CompletionStage<Reply> send(Read read) {
        return switch (read) {
            case Read.ListLength list -> redis.llen(list.key()).thenApply(Commands::count);
            case Read.ListElement list ->
                redis.lindex(list.key(), list.index()).thenApply(text -> new Reply.Text(Optional.ofNullable(text)));
            case Read.ListElements list ->
                redis.lrange(list.key(), 0, list.limit())
                        .thenApply(texts -> all(list.key(), list.limit(), true, texts));
            case Read.SetSize set -> redis.scard(set.key()).thenApply(Commands::count);
            case Read.SetMembers set ->
                redis.sscan(set.key(), step(set.limit())).thenApply(step -> members(set, step));
            case Read.SortedSetSize set -> redis.zcard(set.key()).thenApply(Commands::count);
            case Read.SortedSetCount set ->
                redis.zcount(set.key(), Range.from(Boundary.excluding(set.above()), Boundary.including(set.upTo())))
                        .thenApply(Commands::count);
            case Read.SortedSetUpTo set ->
                redis.zrangebyscore(
                                set.key(),
                                Range.create(Double.NEGATIVE_INFINITY, set.max()),
                                Limit.create(0, set.limit()))
                        .thenApply(Commands::texts);
            case Read.SortedSetNext set ->
                redis.zrangebyscoreWithScores(
                                set.key(),
                                Range.from(Boundary.excluding(set.above()), Boundary.unbounded()),
                                Limit.create(0, 1))
                        .thenApply(Commands::score);
            case Read.SortedSetScores set ->
                redis.zrangebyscoreWithScores(set.key(), Range.unbounded(), Limit.create(0, set.limit()))
                        .thenApply(Commands::scores);
            case Read.HashSize hash -> redis.hlen(hash.key()).thenApply(Commands::count);
            case Read.HashFields hash ->
                redis.hmget(hash.key(), hash.fields().toArray(String[]::new)).thenApply(Commands::fields);
            case Read.HashValues hash ->
                redis.hscan(hash.key(), step(hash.limit())).thenApply(step -> values(hash, step));
            case Read.Exists any -> redis.exists(any.key()).thenApply(Commands::count);
            case Read.StreamLength stream -> redis.xlen(stream.key()).thenApply(Commands::count);
        };
    }

    /**
     * One step of a scan that is large enough for all: unlike SMEMBERS and HVALS it ends, whatever the key has grown
     * to. Redis ends a step after so many members (HSCAN counts a field and its value as two), or after ten times as
     * many buckets, and shrinks tables that are emptier than that.
     */
    private static ScanArgs step(int limit) {
        return ScanArgs.Builder.limit(2L * limit + 2);
    }

    private static Reply count(Long value) {
        return new Reply.Count(value);
    }

    private static Reply members(Read.SetMembers set, ValueScanCursor<String> step) {
        return all(set.key(), set.limit(), step.isFinished(), step.getValues());
    }

    private static Reply values(Read.HashValues hash, MapScanCursor<String, String> step) {
        return all(hash.key(), hash.limit(), step.isFinished(), step.getMap().values());
    }

    private static Reply all(String key, int limit, boolean whole, Collection<String> texts) {
        return whole && texts.size() <= limit
                ? texts(texts)
                : new Reply.Refused("%s holds more than the %d members that are read at once"
                        .formatted(Refusals.readable(key), limit));
    }

    private static Reply texts(Collection<String> texts) {
        return new Reply.Texts(texts.stream().map(Optional::of).toList());
    }

    private static Reply scores(List<ScoredValue<String>> members) {
        return new Reply.Scores(
                members.stream().collect(Collectors.toMap(ScoredValue::getValue, ScoredValue::getScore, Math::max)));
    }

    private static Reply score(List<ScoredValue<String>> first) {
        return new Reply.Text(first.stream().findFirst().map(value -> Double.toString(value.getScore())));
    }

    private static Reply fields(List<KeyValue<String, String>> fields) {
        return new Reply.Texts(fields.stream()
                .map(field -> Optional.ofNullable(field.getValueOrElse(null)))
                .toList());
    }
}
