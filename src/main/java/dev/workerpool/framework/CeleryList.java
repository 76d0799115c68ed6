package dev.workerpool.framework;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.QueueReading.Tail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One of a queue's lists; LPUSH in, BRPOP out. Tasks with an ETA stand among the others until a worker takes them, which it does at
 * once: so only where nobody works is the tail one that is for later, and only then all are looked at.
 */
record CeleryList(String key) {
    /** Messages that are looked at for their ETA: each comes whole, about 1 KB. */
    static final int LIMIT = 1000;

    Read length() {
        return new Read.ListLength(key);
    }

    Read oldest() {
        return new Read.ListElement(key, -1);
    }

    private Read elements() {
        return new Read.ListElements(key, LIMIT, Gist.CELERY_LISTED);
    }

    Optional<Read> followUp(Replies first) {
        return isForLater(first) && first.count(length()).atLeast() <= LIMIT
                ? Optional.of(elements())
                : Optional.empty();
    }

    /** How many wait for a worker, and how many for their time. */
    record Listed(Figure waiting, Figure later, List<Instant> times) {}

    /** What cannot be looked at counts as waiting: a worker that was not needed does no harm, one that was not there would. */
    Listed listed(Replies replies) {
        Figure length = replies.count(length());
        if (!isForLater(replies)) {
            return new Listed(length, Figure.of(0), List.of());
        }
        return replies.texts(elements())
                .map(messages -> listed(messages, replies.dueBy()))
                .orElseGet(() -> new Listed(length, new Figure.Unknown(why(length, replies)), List.of()));
    }

    Optional<Tail> tail(Replies replies) {
        return replies.text(oldest())
                .filter(message -> !isForLater(replies))
                .map(message -> new Tail(Digest.of(message), Optional.empty()));
    }

    private static Listed listed(List<Optional<String>> messages, Instant dueBy) {
        List<Instant> later = messages.stream()
                .flatMap(message -> CeleryMessage.eta(message.orElse("")).stream())
                .filter(dueBy::isBefore)
                .toList();
        return new Listed(Figure.of(messages.size() - later.size()), Figure.of(later.size()), later);
    }

    private String why(Figure length, Replies replies) {
        return length.atLeast() > LIMIT
                ? "%s holds %d messages, more than the %d that are looked at for their ETA"
                        .formatted(key, length.atLeast(), LIMIT)
                : replies.refusal(elements());
    }

    private boolean isForLater(Replies replies) {
        return replies.text(oldest())
                .flatMap(message -> CeleryMessage.eta(CeleryMessage.listed(message)))
                .filter(replies.dueBy()::isBefore)
                .isPresent();
    }
}
