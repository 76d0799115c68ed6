package dev.workerpool.framework;

import dev.workerpool.scaling.Figure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers of one round, by the command that asked.
 *
 * @param asked the time for which the commands of the round were made
 */
public record Replies(Instant asked, Map<Read, Reply> byRead) {
    public Replies {
        byRead = Map.copyOf(byRead);
    }

    /** A count; unknown where the server refused or nobody asked. */
    public Figure count(Read read) {
        return switch (byRead.get(read)) {
            case Reply.Count count -> Figure.of(count.value());
            case Reply.Texts texts -> Figure.of(texts.values().size());
            case Reply.Refused refused -> new Figure.Unknown(refused.why());
            case Reply.Text text -> new Figure.Unknown("no count was asked for at " + read.key());
            case null -> new Figure.Unknown("not read yet: " + read.key());
        };
    }

    /** A text; empty where there is none or it could not be read. */
    public Optional<String> text(Read read) {
        return byRead.get(read) instanceof Reply.Text text ? text.value() : Optional.empty();
    }

    /** Texts; empty where they could not be read, and then {@link #refusal} says why. */
    public Optional<List<Optional<String>>> texts(Read read) {
        return byRead.get(read) instanceof Reply.Texts texts ? Optional.of(texts.values()) : Optional.empty();
    }

    /** Why there is no answer: what the server said, or that nobody asked. */
    public String refusal(Read read) {
        return byRead.get(read) instanceof Reply.Refused refused ? refused.why() : "not read yet: " + read.key();
    }
}
