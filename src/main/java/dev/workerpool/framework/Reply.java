package dev.workerpool.framework;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to one {@link Read}. */
public sealed interface Reply {
    /** Zero or more. */
    record Count(long value) implements Reply {}

    record Text(Optional<String> value) implements Reply {}

    record Texts(List<Optional<String>> values) implements Reply {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** Scores by member. */
    record Scores(Map<String, Double> byMember) implements Reply {
        public Scores {
            byMember = Map.copyOf(byMember);
        }
    }

    /** The server refused this one command, such as WRONGTYPE or NOPERM; a sentence for people, without secrets. */
    record Refused(String why) implements Reply {}
}
