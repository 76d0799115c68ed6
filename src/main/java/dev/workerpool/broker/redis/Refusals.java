package dev.workerpool.broker.redis;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import dev.workerpool.framework.Reply.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server said of one command, in a sentence for people. */
final class Refusals {
    private static final Map<String, String> TYPES = Map.of(
            "string", "a string",
            "list", "a list",
            "set", "a set",
            "zset", "a sorted set",
            "hash", "a hash",
            "stream", "a stream");

    private Refusals() {}

    static boolean isWrongType(String error) {
        return error.startsWith("WRONGTYPE");
    }

    /** @param type what TYPE says of the key */
    static Refused wrongType(Read read, String type) {
        return new Refused("key %s holds %s, not %s"
                .formatted(readable(read.key()), TYPES.getOrDefault(type, "something else"), wanted(read)));
    }

    static Refused of(Read read, String error) {
        String key = readable(read.key());
        return new Refused(
                switch (ServerErrors.firstWord(error)) {
                    case "NOPERM" -> "the login lacks the permission to read key " + key;
                    case "NOAUTH" -> "key " + key + " cannot be read: the server wants a login";
                    case "MOVED", "ASK" ->
                        "key " + key
                                + " lies on another node: the server is part of a Redis Cluster, see redis.topology";
                    case "LOADING" -> "key " + key + " cannot be read yet: the server is still loading its data";
                    default -> "the server refused to read key %s: %s".formatted(key, readable(error));
                });
    }

    /** The answer itself, or that a part of it was left out because of its size. */
    static Reply complete(Read read, Reply reply) {
        Stream<Optional<String>> texts = switch (reply) {
            case Reply.Text text -> Stream.of(text.value());
            case Reply.Texts all -> all.values().stream();
            case Reply.Count count -> Stream.empty();
            case Reply.Scores scores -> scores.byMember().keySet().stream().map(Optional::of);
            case Refused refused -> Stream.empty();
        };
        return texts.flatMap(Optional::stream).anyMatch(ReplyLimit.LEFT_OUT::equals) ? leftOut(read) : reply;
    }

    static Refused leftOut(Read read) {
        return new Refused("key %s holds a value larger than %d KiB, or too many large ones to be read at once"
                .formatted(readable(read.key()), ReplyLimit.LARGEST / 1024));
    }

    /** Control characters spelled out, and no longer than a line. */
    static String readable(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(200).forEach(character -> {
            if (Character.isISOControl(character)) {
                line.append("\\x%02x".formatted(character));
            } else {
                line.appendCodePoint(character);
            }
        });
        return line.toString();
    }

    private static String wanted(Read read) {
        return switch (read) {
            case Read.ListLength list -> "a list";
            case Read.ListElement list -> "a list";
            case Read.ListElements list -> "a list";
            case Read.SetSize set -> "a set";
            case Read.SetMembers set -> "a set";
            case Read.SortedSetSize set -> "a sorted set";
            case Read.SortedSetCount set -> "a sorted set";
            case Read.SortedSetScores set -> "a sorted set";
            case Read.SortedSetUpTo set -> "a sorted set";
            case Read.SortedSetNext set -> "a sorted set";
            case Read.HashSize hash -> "a hash";
            case Read.HashFields hash -> "a hash";
            case Read.HashValues hash -> "a hash";
            case Read.Exists any -> "something else";
            case Read.StreamLength stream -> "a stream";
        };
    }
}
