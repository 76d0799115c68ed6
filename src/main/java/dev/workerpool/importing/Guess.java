package dev.workerpool.importing;

import java.util.ArrayList;
import java.util.List;

/** A value, and what a person must look at because the Deployment does not tell it. */
record Guess<T>(T value, List<String> doubts) {
    Guess {
        doubts = List.copyOf(doubts);
    }

    static <T> Guess<T> sure(T value) {
        return new Guess<>(value, List.of());
    }

    static <T> Guess<T> doubtful(T value, String doubt) {
        return new Guess<>(value, List.of(doubt));
    }

    static List<String> doubts(Guess<?>... guesses) {
        List<String> all = new ArrayList<>();
        for (Guess<?> guess : guesses) {
            all.addAll(guess.doubts());
        }
        return all;
    }
}
