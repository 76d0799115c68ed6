package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last minute: which sizes the pool had, and which it needed. What was seen stays true until something else is
 * seen, so a gap between two readings is filled by the earlier one.
 */
record Windows(List<Span> spans) {
    /** How far back lowering looks. */
    static final Duration LENGTH = Duration.ofSeconds(60);

    /** Changes that follow each other faster than this are kept as one, with the highest figures of all. */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    static final Windows NONE = new Windows(List.of());

    record Span(Instant from, Instant until, int size, int need) {
        Span until(Instant now) {
            return new Span(from, now, size, need);
        }

        Span and(Span later) {
            return new Span(from, later.until, Math.max(size, later.size), Math.max(need, later.need));
        }
    }

    Windows {
        spans = List.copyOf(spans);
    }

    Windows observe(Instant now, int size, int need) {
        var next = new ArrayList<>(spans);
        if (!next.isEmpty()) {
            next.add(next.removeLast().until(now));
        }
        if (next.isEmpty() || next.getLast().size() != size || next.getLast().need() != need) {
            compress(next);
            next.add(new Span(now, now, size, need));
        }
        var start = now.minus(LENGTH);
        next.removeIf(span -> !span.until().isAfter(start));
        return new Windows(next);
    }

    /** The largest size in the last minute. */
    int largestSize() {
        return spans.stream().mapToInt(Span::size).max().orElse(0);
    }

    /** The most workers that any moment of the last minute needed. */
    int highestNeed() {
        return spans.stream().mapToInt(Span::need).max().orElse(0);
    }

    /** Joins the last two where both fit into the grain, so that at most two spans a second remain. */
    private static void compress(List<Span> spans) {
        if (spans.size() >= 2
                && spans.getLast()
                        .until()
                        .isBefore(spans.get(spans.size() - 2).from().plus(GRAIN))) {
            var later = spans.removeLast();
            spans.add(spans.removeLast().and(later));
        }
    }
}
