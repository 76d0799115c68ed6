package dev.workerpool.scaling;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How a pool gets smaller: late, slowly, and to nothing only by proof.
 *
 * @param live the present size, more than is wanted
 * @param wanted the size that is enough for what is known now, within the bounds
 */
record Lowering(int live, Decision wanted, Bounds bounds, History history, Duration idleAfter) {

    Decision decide() {
        if (!history.fullWindow()) {
            return Decision.hold(
                    live,
                    Reason.JustStarted,
                    "%d would do, but nothing is lowered before %s, after a full minute of watching"
                            .formatted(wanted.replicas(), history.fullWindowAt().truncatedTo(ChronoUnit.SECONDS)));
        }
        var target = Math.min(live, Math.max(wanted.replicas(), Math.max(remembered(), slowest())));
        if (wanted.replicas() == 0 && target <= 1) {
            var missing = missing();
            if (!missing.isEmpty()) {
                return to(1, Reason.IdleNotProven, missing);
            }
        }
        return target == wanted.replicas()
                ? Decision.scaleTo(target, wanted.reason(), wanted.message())
                : to(target, Reason.LoweringSlowly, slowly(target));
    }

    /** What any moment of the last minute needed. */
    private int remembered() {
        return bounds.clamp(history.windows().highestNeed());
    }

    /** At most half goes in a minute, but one always may. A person who lowers maxReplicas does not wait for it. */
    private int slowest() {
        var largest = history.windows().largestSize();
        return bounds.clamp(largest - Math.max(1, largest / 2));
    }

    private String missing() {
        return history.idleness()
                .map(proof -> proof.missing(idleAfter).orElse(""))
                .orElse("idle, but that has been read only once");
    }

    private String slowly(int target) {
        var why = remembered() >= slowest()
                ? "the last minute needed %d".formatted(target)
                : "at most half goes in a minute, so %d now".formatted(target);
        return "%d would do, but %s".formatted(wanted.replicas(), why);
    }

    private Decision to(int target, Reason reason, String message) {
        return target == live ? Decision.hold(target, reason, message) : Decision.scaleTo(target, reason, message);
    }
}
