package dev.workerpool.status;

import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Replacement;
import dev.workerpool.scaling.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Where a pool stands, as the reconciler found and left it.
 *
 * @param stall what only a person can mend
 * @param broker why the broker is not ready, where it is not
 * @param brokerProven whether the pool may run on a connection that was proven
 * @param rollout the Deployment; absent while there is none
 * @param queuesConsumed what is to be said of the queues
 * @param replacement which worker is to be replaced, if any
 * @param periodicJobs what is to be said of jobs that are enqueued again and again
 * @param singletons what is to be said of what runs exactly once
 * @param injected what is to be said of how workers are given their broker
 * @param access what is to be said of how pods are restricted, and of who reaches them
 */
public record PoolSituation(
        Optional<Note> stall,
        Optional<Note> broker,
        boolean brokerProven,
        Optional<Rollout> rollout,
        Settings settings,
        Decision decision,
        Verdict queuesConsumed,
        Replacement replacement,
        Optional<Verdict> periodicJobs,
        Optional<Verdict> singletons,
        Optional<Verdict> injected,
        List<Verdict> access) {

    /** A condition's reason and message. */
    public record Note(String reason, String message) {}

    /**
     * A Deployment's progress.
     *
     * @param observed whether its controller has seen its newest generation
     * @param failure why it does not progress, as its own condition says
     */
    public record Rollout(
            int wanted, int existing, int updated, int available, boolean observed, Optional<String> failure) {
        public boolean complete() {
            return observed && existing == wanted && updated == wanted && available == wanted;
        }
    }
}
