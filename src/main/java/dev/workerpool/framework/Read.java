package dev.workerpool.framework;

import java.time.Instant;
import java.util.List;

/** One command that reads from Redis, as a value; its answer is bounded by what it asks for. */
public sealed interface Read {
    String key();

    /** A read whose answer changes with time alone, though nobody writes the key: it asks for scores up to now, or beyond. */
    sealed interface Timed extends Read {
        /** The moment for which it was made: what its answer leaves out comes later. */
        Instant moment();

        /** The score that stands for that moment; scores grow with time, from zero at the epoch. */
        double now();

        /** Whether scores are times at all; without a bound they are but an order. */
        default boolean isDated() {
            return Double.isFinite(now());
        }

        /** What it is answered where the key holds nothing. */
        Reply ofNothing();
    }

    /** A read that asks for many long texts, and keeps the gist of each. */
    sealed interface Many extends Read {
        Gist gist();
    }

    /** LLEN: answered by {@link Reply.Count}. */
    record ListLength(String key) implements Read {}

    /** LINDEX key index: answered by {@link Reply.Text}; 0 is the head, -1 the tail. */
    record ListElement(String key, int index) implements Read {}

    /** The gist of each element of a list, refused when it has more than limit of them: answered by {@link Reply.Texts}. */
    record ListElements(String key, int limit, Gist gist) implements Many {}

    /** SCARD: answered by {@link Reply.Count}. */
    record SetSize(String key) implements Read {}

    /** The members of a set, refused when it has more than limit of them: answered by {@link Reply.Texts}. */
    record SetMembers(String key, int limit) implements Read {}

    /** ZCARD: answered by {@link Reply.Count}. */
    record SortedSetSize(String key) implements Read {}

    /** ZCOUNT key (above upTo: those with a score greater than one bound and up to the other; answered by {@link Reply.Count}. */
    record SortedSetCount(String key, double above, double upTo, Instant moment) implements Timed {
        @Override
        public double now() {
            return Double.isInfinite(above) ? upTo : above;
        }

        @Override
        public Reply ofNothing() {
            return new Reply.Count(0);
        }

        static SortedSetCount upTo(String key, double max, Instant moment) {
            return new SortedSetCount(key, Double.NEGATIVE_INFINITY, max, moment);
        }

        static SortedSetCount above(String key, double min, Instant moment) {
            return new SortedSetCount(key, min, Double.POSITIVE_INFINITY, moment);
        }
    }

    /** ZRANGEBYSCORE key -inf max LIMIT 0 limit: answered by {@link Reply.Texts}. */
    record SortedSetUpTo(String key, double max, int limit, Instant moment) implements Timed {
        @Override
        public double now() {
            return max;
        }

        @Override
        public Reply ofNothing() {
            return new Reply.Texts(List.of());
        }
    }

    /** The lowest score that is greater than this one: answered by {@link Reply.Text}, empty where there is none. */
    record SortedSetNext(String key, double above) implements Read {}

    /** The members with the lowest scores, at most limit of them: answered by {@link Reply.Scores}. */
    record SortedSetScores(String key, int limit) implements Read {}

    /** HLEN: answered by {@link Reply.Count}. */
    record HashSize(String key) implements Read {}

    /** HMGET: answered by {@link Reply.Texts}, an empty text for an absent field. */
    record HashFields(String key, List<String> fields) implements Read {
        public HashFields {
            fields = List.copyOf(fields);
        }
    }

    /** The gist of each value of a hash, refused when it has more than limit of them: answered by {@link Reply.Texts}. */
    record HashValues(String key, int limit, Gist gist) implements Many {}

    /** EXISTS, whatever type the key has: answered by {@link Reply.Count}, 0 or 1. */
    record Exists(String key) implements Read {}

    /** XLEN: answered by {@link Reply.Count}. */
    record StreamLength(String key) implements Read {}
}
