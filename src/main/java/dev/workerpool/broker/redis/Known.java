package dev.workerpool.broker.redis;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers that hold until the server says that their key has changed. Of a key that holds nothing that alone is kept: it is
 * the answer to whatever is asked of it.
 */
final class Known {
    private final Map<String, Map<Read, Reply>> byKey = new HashMap<>();
    private final Set<String> empty = new HashSet<>();

    /** The answer, where it is known without asking. */
    Optional<Reply> answer(Read read) {
        if (empty.contains(read.key())) {
            return nothing(read);
        }
        return Optional.ofNullable(byKey.getOrDefault(read.key(), Map.of()).get(read));
    }

    /** Keeps what a round has read, of all keys but those that have changed meanwhile. */
    void keep(Map<Read, Reply> replies, Set<String> changed) {
        replies.forEach((read, reply) -> {
            if (!changed.contains(read.key()) && holds(read, reply)) {
                if (saysEmpty(read, reply)) {
                    byKey.remove(read.key());
                    empty.add(read.key());
                } else if (!empty.contains(read.key())) {
                    byKey.computeIfAbsent(read.key(), key -> new HashMap<>()).put(read, reply);
                }
            }
        });
    }

    void forget(String key) {
        byKey.remove(key);
        empty.remove(key);
    }

    void forgetAll() {
        byKey.clear();
        empty.clear();
    }

    /** Keys that are known to hold nothing. */
    List<String> empty() {
        return List.copyOf(empty);
    }

    /** Everything else that is known. */
    Map<Read, Reply> filled() {
        Map<Read, Reply> all = new HashMap<>();
        byKey.values().forEach(all::putAll);
        return all;
    }

    /** What the passing of time changes does not hold, nor does a refusal: rights change without any key. */
    private static boolean holds(Read read, Reply reply) {
        return !(read instanceof Read.Timed)
                && !(read instanceof Read.SortedSetNext)
                && !(reply instanceof Reply.Refused);
    }

    /** Redis keeps no empty list, set or hash, though it keeps an empty stream: a count of zero means that there is no such key. */
    private static boolean saysEmpty(Read read, Reply reply) {
        return !(read instanceof Read.StreamLength) && reply.equals(new Reply.Count(0));
    }

    private static Optional<Reply> nothing(Read read) {
        return switch (read) {
            case Read.Timed timed -> Optional.of(timed.ofNothing());
            case Read.ListElement element -> Optional.of(new Reply.Text(Optional.empty()));
            case Read.SortedSetNext next -> Optional.of(new Reply.Text(Optional.empty()));
            case Read.SetMembers members -> Optional.of(new Reply.Texts(List.of()));
            case Read.HashValues values -> Optional.of(new Reply.Texts(List.of()));
            case Read.ListElements elements -> Optional.of(new Reply.Texts(List.of()));
            case Read.SortedSetScores scores -> Optional.of(new Reply.Scores(Map.of()));
            case Read.HashFields fields -> Optional.empty();
            case Read.ListLength length -> Optional.of(new Reply.Count(0));
            case Read.SetSize size -> Optional.of(new Reply.Count(0));
            case Read.SortedSetSize size -> Optional.of(new Reply.Count(0));
            case Read.HashSize size -> Optional.of(new Reply.Count(0));
            case Read.StreamLength length -> Optional.of(new Reply.Count(0));
            case Read.Exists any -> Optional.of(new Reply.Count(0));
        };
    }
}
