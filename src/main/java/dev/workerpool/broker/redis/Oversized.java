package dev.workerpool.broker.redis;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What was too large is asked for again only after a while: its bytes cross the wire, though nobody keeps them. */
final class Oversized {
    static final Duration REST = Duration.ofMinutes(1);

    private final Map<Read, Instant> until = new HashMap<>();

    boolean rests(Read read, Instant now) {
        Instant end = until.get(read);
        if (end != null && !now.isBefore(end)) {
            until.remove(read);
        }
        return end != null && now.isBefore(end);
    }

    void note(Map<Read, Reply> replies, Instant now) {
        until.values().removeIf(end -> !now.isBefore(end));
        replies.forEach((read, reply) -> {
            if (reply.equals(Refusals.leftOut(read))) {
                until.put(read, now.plus(REST));
            }
        });
    }
}
