package dev.workerpool.status;

import dev.workerpool.api.BrokerStatus.Moving;
import dev.workerpool.scaling.Move;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of the jobs on a server that the workers are to leave, or have left. */
public final class MoveVerdicts {
    /** What {@link dev.workerpool.scaling.Leftovers} says where nothing is. */
    public static final String NOTHING = "nothing";

    private static final String GIVEN_UP = "GivenUp";

    private MoveVerdicts() {}

    /**
     * Whether workers would go back for jobs.
     *
     * @param open whether they may at all: none goes back to a connection that is less than it has
     * @param follows whether a person says that jobs are not waited for
     */
    public record WayBack(boolean open, boolean follows) {
        String words() {
            if (!open) {
                return "workers do not go back to a connection that is not encrypted: enqueue those jobs anew";
            }
            return follows ? "onMove: Drain takes workers back until it is empty" : "workers go back for them";
        }
    }

    /** @param waiting what waits on the new server meanwhile */
    public static Verdict stay(Moving moving, Move.Stay stay, String waiting) {
        String then = " %s was proven, and workers go there then%s; onMove: Follow would not wait"
                .formatted(
                        moving.to(),
                        waiting.equals(NOTHING) ? "" : " (meanwhile nobody works on what is there: " + waiting + ")");
        return stay.forJobs()
                ? Verdict.holds(
                        ConditionType.JobsLeftBehind,
                        "WorkersStay",
                        "workers stay on %s for its jobs: %s.".formatted(moving.from(), stay.why()) + then)
                : Verdict.fails(
                        ConditionType.JobsLeftBehind,
                        "OldServerEmpty",
                        "workers are still on %s: %s.".formatted(moving.from(), stay.why()) + then);
    }

    /** Workers have gone, and the old server is looked at. */
    public static Verdict watched(Moving moving, boolean silent, WayBack back) {
        String left = Optional.ofNullable(moving.left()).orElse(NOTHING);
        if (left.equals(NOTHING)) {
            return Verdict.fails(
                    ConditionType.JobsLeftBehind,
                    "NothingLeft",
                    "workers are on %s; %s is looked at until it has been empty, or silent, for %d minutes"
                            .formatted(moving.to(), moving.from(), Move.WATCHED_FOR.toMinutes()));
        }
        return silent
                ? Verdict.holds(
                        ConditionType.JobsLeftBehind,
                        "OldServerSilent",
                        "workers are on %s; %s does not answer, and what was last seen there is: %s"
                                .formatted(moving.to(), moving.from(), left))
                : Verdict.holds(
                        ConditionType.JobsLeftBehind,
                        "LeftOnOldServer",
                        "workers are on %s, and nobody works on what is on %s: %s; %s"
                                .formatted(moving.to(), moving.from(), left, back.words()));
    }

    /** Workers have gone back to the old server. */
    public static Verdict returned(Moving moving, String jobs) {
        return stay(moving, new Move.Stay(true, jobs), NOTHING);
    }

    /** It is looked at no more. */
    public static Optional<Verdict> over(Moving moving) {
        return Optional.ofNullable(moving.left())
                .filter(left -> !left.equals(NOTHING))
                .map(left -> Verdict.fails(
                        ConditionType.JobsLeftBehind,
                        GIVEN_UP,
                        "%s has not answered for %d minutes and is looked at no more; what was last seen there is: %s"
                                .formatted(moving.from(), Move.WATCHED_FOR.toMinutes(), left)));
    }

    /** What was said stays while nothing else is known; that something was given up, until the next move. */
    public static Optional<Verdict> before(@Nullable Moving moving, @Nullable List<Condition> shown) {
        return ConditionList.find(shown, ConditionType.JobsLeftBehind)
                .filter(condition -> moving != null || GIVEN_UP.equals(condition.getReason()))
                .map(condition -> new Verdict(
                        ConditionType.JobsLeftBehind,
                        Verdict.Truth.valueOf(condition.getStatus()),
                        condition.getReason(),
                        condition.getMessage()));
    }
}
