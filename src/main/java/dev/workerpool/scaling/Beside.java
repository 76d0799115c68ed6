package dev.workerpool.scaling;

/**
 * Jobs beside the work: no worker is needed for them now, and no decision looks at them.
 *
 * @param scheduled those that wait for their time, retries among them; due ones may be counted, too
 * @param failed those that were given up and kept
 */
public record Beside(Figure scheduled, Figure failed) {
    /** Of a framework that keeps no such jobs, or none that could be counted. */
    public static final Beside NOT_KEPT = unknown("the framework does not keep them");

    public static Beside unknown(String why) {
        return new Beside(new Figure.Unknown(why), new Figure.Unknown(why));
    }
}
