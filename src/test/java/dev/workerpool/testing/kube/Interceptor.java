package dev.workerpool.testing.kube;

/** Decides what becomes of a mutating request. It is called by many connections at once. */
@FunctionalInterface
public interface Interceptor {

    Fate decide(MutatingRequest request);

    /** What becomes of a request. */
    sealed interface Fate {

        /** It is forwarded and answered. */
        record Pass() implements Fate {}

        /** The server never sees it: {@code then} runs, and the connection is cut. */
        record CutBeforeSending(Runnable then) implements Fate {}

        /** The server has done it and its whole answer is here: {@code then} runs, and the connection is cut without the answer. */
        record CutAfterCommit(Runnable then) implements Fate {}
    }
}
