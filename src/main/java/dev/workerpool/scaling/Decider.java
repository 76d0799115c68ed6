package dev.workerpool.scaling;

/** The rules. */
public final class Decider {
    private Decider() {}

    /** Decides for a pool whose history already contains the observation. */
    public static Decision decide(Settings settings, Observation observation, History history) {
        return Decision.hold(observation.fleet().replicas(), Reason.JustStarted, history.toString() + settings);
    }
}
