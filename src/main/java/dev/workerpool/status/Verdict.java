package dev.workerpool.status;

/**
 * What a condition says.
 *
 * @param status whether it holds
 */
public record Verdict(ConditionType type, Truth status, String reason, String message) {

    /** The three values of a condition. */
    public enum Truth {
        True,
        False,
        Unknown
    }

    public static Verdict holds(ConditionType type, String reason, String message) {
        return new Verdict(type, Truth.True, reason, message);
    }

    public static Verdict fails(ConditionType type, String reason, String message) {
        return new Verdict(type, Truth.False, reason, message);
    }

    public static Verdict unknown(ConditionType type, String reason, String message) {
        return new Verdict(type, Truth.Unknown, reason, message);
    }
}
