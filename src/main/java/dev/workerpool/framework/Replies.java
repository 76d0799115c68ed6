package dev.workerpool.framework;

import dev.workerpool.scaling.Figure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answers of one round, by the command that asked. */
public record Replies(Map<Read, Reply> byRead) {
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

    /** Texts, or why there are none. */
    public Optional<List<Optional<String>>> texts(Read read) {
        return byRead.get(read) instanceof Reply.Texts texts ? Optional.of(texts.values()) : Optional.empty();
    }

    /** Why the server refused, where it did. */
    public Optional<String> refusal(Read read) {
        return byRead.get(read) instanceof Reply.Refused refused ? Optional.of(refused.why()) : Optional.empty();
    }
}
