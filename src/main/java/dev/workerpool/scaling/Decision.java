package dev.workerpool.scaling;

/**
 * How many workers, and why.
 *
 * @param replicas 0 or more
 * @param hold whether this keeps the present size for want of knowledge or leave to change it
 * @param message a sentence for people: the figures and the rule
 */
public record Decision(int replicas, boolean hold, Reason reason, String message) {

    public static Decision scaleTo(int replicas, Reason reason, String message) {
        return new Decision(replicas, false, reason, message);
    }

    public static Decision hold(int replicas, Reason reason, String message) {
        return new Decision(replicas, true, reason, message);
    }
}
