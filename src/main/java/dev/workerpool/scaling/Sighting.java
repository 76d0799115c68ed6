package dev.workerpool.scaling;

import java.util.Set;
import java.util.stream.Stream;

/**
 * What was seen of a pool at one moment, and what was decided.
 *
 * @param unconsumed queues from which nothing is taken, though workers should
 */
public record Sighting(
        Settings settings, Totals totals, Fleet fleet, Decision decision, StartUp startUp, int unconsumed) {
    /** Of a pool all of whose queues are worked on. */
    public Sighting(Settings settings, Totals totals, Fleet fleet, Decision decision, StartUp startUp) {
        this(settings, totals, fleet, decision, startUp, 0);
    }

    /** Why a pool has a size that only more work, or a person, would change. */
    private static final Set<Reason> SETTLED =
            Set.of(Reason.Idle, Reason.MinReplicas, Reason.FixedReplicas, Reason.Paused);

    /** Whether nothing is there to be done, and nothing but new jobs could lead to another size. */
    public boolean atRest() {
        return SETTLED.contains(decision.reason())
                && decision.replicas() == fleet.replicas()
                && Stream.of(totals.waiting(), totals.held(), totals.due(), totals.running())
                        .allMatch(Figure.of(0)::equals);
    }
}
