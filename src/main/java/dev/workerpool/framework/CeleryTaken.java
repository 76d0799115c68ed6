package dev.workerpool.framework;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.QueueReading.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What workers have taken and not acknowledged, all queues' together: kombu's {@code unacked}, dated by {@code unacked_index}.
 *
 * @param unknown why it could not be read, where it could not
 */
record CeleryTaken(Map<String, List<Message>> byQueue, Optional<String> unknown) {
    /** Messages that are read to tell whose they are: each comes whole, about 1 KB. */
    static final int LIMIT = 1000;

    CeleryTaken {
        byQueue = Map.copyOf(byQueue);
    }

    /** One message: when it was taken, and when it is to begin. */
    record Message(Instant at, Optional<Instant> eta) {
        private Taken seen(Moment moment, Duration visibilityTimeout) {
            Instant givenBack = at.plus(visibilityTimeout);
            Optional<Instant> wanted = eta.map(time -> time.minus(moment.ahead()));
            return new Taken(
                    at, wanted.filter(givenBack::isBefore).orElse(givenBack), wanted.filter(moment.now()::isBefore));
        }
    }

    static Read size(String keyPrefix) {
        return new Read.HashSize(keyPrefix + "unacked");
    }

    private static Read messages(String keyPrefix) {
        return new Read.HashValues(keyPrefix + "unacked", LIMIT, Gist.CELERY_TAKEN);
    }

    private static Read index(String keyPrefix) {
        return new Read.SortedSetScores(keyPrefix + "unacked_index", LIMIT);
    }

    static List<Read> followUps(String keyPrefix, Replies first) {
        long count = first.count(size(keyPrefix)).atLeast();
        return count > 0 && count <= LIMIT ? List.of(messages(keyPrefix), index(keyPrefix)) : List.of();
    }

    static CeleryTaken interpret(String keyPrefix, Replies replies) {
        Read size = size(keyPrefix);
        return switch (replies.count(size)) {
            case Figure.Unknown unknown -> untold(unknown.why());
            case Figure.Known known -> {
                if (known.value() == 0) {
                    yield new CeleryTaken(Map.of(), Optional.empty());
                }
                if (known.value() > LIMIT) {
                    yield untold("%s holds %d messages, more than the %d that are read to tell their queues"
                            .formatted(size.key(), known.value(), LIMIT));
                }
                Read messages = messages(keyPrefix);
                yield replies.texts(messages)
                        .map(texts -> read(size.key(), texts, replies.scores(index(keyPrefix)), replies.asked()))
                        .orElseGet(() -> untold(replies.refusal(messages)));
            }
        };
    }

    /** What was taken from a queue, as a pool looks at it at this moment. */
    List<Taken> of(String queue, Moment moment, Duration visibilityTimeout) {
        return byQueue.getOrDefault(queue, List.of()).stream()
                .map(message -> message.seen(moment, visibilityTimeout))
                .toList();
    }

    /** How many of those are held to be begun. */
    Figure held(List<Taken> taken) {
        return unknown.<Figure>map(Figure.Unknown::new)
                .orElseGet(() -> Figure.of(taken.stream()
                        .filter(message -> message.later().isEmpty())
                        .count()));
    }

    /** One message that names no queue spoils all: it may belong to any of them. One without a date was taken just now. */
    private static CeleryTaken read(
            String key, List<Optional<String>> texts, Map<String, Double> takenAt, Instant asked) {
        Map<String, List<Message>> byQueue = new HashMap<>();
        for (Optional<String> text : texts) {
            String[] parts = text.orElse("").split(" ", 3);
            if (parts.length < 3) {
                return untold("a message in " + key + " does not say which queue it belongs to");
            }
            Instant at = Optional.ofNullable(takenAt.get(parts[1]))
                    .flatMap(Json::time)
                    .orElse(asked);
            byQueue.computeIfAbsent(parts[2], queue -> new ArrayList<>())
                    .add(new Message(at, CeleryMessage.eta(parts[0])));
        }
        return new CeleryTaken(byQueue, Optional.empty());
    }

    private static CeleryTaken untold(String why) {
        return new CeleryTaken(Map.of(), Optional.of(why));
    }
}
