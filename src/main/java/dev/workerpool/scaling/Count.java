package dev.workerpool.scaling;

import java.util.Optional;

/**
 * A sum of figures of which some may be unknown: what is certain can raise, only what is whole can lower.
 *
 * @param atLeast what was read
 * @param unknown why that may not be all, a sentence for people
 */
record Count(long atLeast, Optional<String> unknown) {
    static final Count NONE = new Count(0, Optional.empty());

    static Count of(long value) {
        return new Count(value, Optional.empty());
    }

    static Count of(Figure figure, String what) {
        return switch (figure) {
            case Figure.Known known -> of(known.value());
            case Figure.Unknown lost -> new Count(0, Optional.of(what + " is unknown: " + lost.why()));
        };
    }

    Count plus(Count other) {
        return new Count(atLeast + other.atLeast, unknown.or(other::unknown));
    }

    boolean isZero() {
        return atLeast == 0 && unknown.isEmpty();
    }

    Figure figure() {
        return unknown.<Figure>map(Figure.Unknown::new).orElseGet(() -> Figure.of(atLeast));
    }
}
