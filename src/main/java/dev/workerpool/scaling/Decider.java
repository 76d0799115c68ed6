package dev.workerpool.scaling;

/** The rules. */
public final class Decider {
    private Decider() {}

    /** Decides for a pool whose history already contains the observation. */
    public static Decision decide(Settings settings, Observation observation, History history) {
        throw new UnsupportedOperationException();
    }
}
