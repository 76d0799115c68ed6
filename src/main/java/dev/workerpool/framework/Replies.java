package dev.workerpool.framework;

import dev.workerpool.scaling.Figure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The answers of one round, by the command that asked. Used by one thread. */
public final class Replies {
    private final Moment moment;
    private final Map<Read, Reply> byRead;
    private final Map<Object, Object> derived;

    /**
     * @param asked the time for which the commands of the round were made
     */
    public Replies(Instant asked, Map<Read, Reply> byRead) {
        this(new Moment(asked, Duration.ZERO), Map.copyOf(byRead), new HashMap<>());
    }

    private Replies(Moment moment, Map<Read, Reply> byRead, Map<Object, Object> derived) {
        this.moment = moment;
        this.byRead = byRead;
        this.derived = derived;
    }

    /** The same answers, as a pool looks at them whose workers take so long to start. */
    public Replies ahead(Duration startUp) {
        return new Replies(new Moment(asked(), startUp), byRead, derived);
    }

    Moment moment() {
        return moment;
    }

    /** Jobs whose time comes until then were asked for as due. */
    Instant dueBy() {
        return moment.dueBy();
    }

    public Instant asked() {
        return moment.now();
    }

    /** What follows from these answers for all pools of a broker alike, worked out for the first of them that asks. */
    @SuppressWarnings("unchecked") // what is stored under a name is of that name's type
    <T> T once(Object name, Supplier<T> work) {
        Object known = derived.get(name);
        if (known == null) {
            known = work.get();
            derived.put(name, known);
        }
        return (T) known;
    }

    /** A count; unknown where the server refused or nobody asked. */
    public Figure count(Read read) {
        return switch (byRead.get(read)) {
            case Reply.Count count -> Figure.of(count.value());
            case Reply.Texts texts -> Figure.of(texts.values().size());
            case Reply.Refused refused -> new Figure.Unknown(refused.why());
            case Reply.Scores scores -> Figure.of(scores.byMember().size());
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

    /** Scores by member; none where they could not be read. */
    public Map<String, Double> scores(Read read) {
        return byRead.get(read) instanceof Reply.Scores scores ? scores.byMember() : Map.of();
    }

    /** Why there is no answer: what the server said, or that nobody asked. */
    public String refusal(Read read) {
        return byRead.get(read) instanceof Reply.Refused refused ? refused.why() : "not read yet: " + read.key();
    }
}
