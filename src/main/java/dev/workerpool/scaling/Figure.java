package dev.workerpool.scaling;

/** A count that was read, or the reason why it could not be. Unknown is never zero. */
public sealed interface Figure {
    /** A count, zero or more. */
    record Known(long value) implements Figure {
        public Known {
            if (value < 0) {
                throw new IllegalArgumentException("a count cannot be negative: " + value);
            }
        }
    }

    /** Could not be read; {@code why} is a sentence for people, without secrets. */
    record Unknown(String why) implements Figure {}

    static Figure of(long value) {
        return new Known(value);
    }

    /** The sum, unknown as soon as one of the two is. */
    default Figure plus(Figure other) {
        return switch (this) {
            case Unknown unknown -> unknown;
            case Known mine ->
                switch (other) {
                    case Unknown unknown -> unknown;
                    case Known theirs -> new Known(mine.value() + theirs.value());
                };
        };
    }

    /** The least it can be: what was read, or zero where nothing was. Never to be taken for the figure itself. */
    default long atLeast() {
        return this instanceof Known read ? read.value() : 0;
    }

    default boolean known() {
        return this instanceof Known;
    }
}
