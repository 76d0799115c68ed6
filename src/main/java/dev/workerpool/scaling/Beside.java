package dev.workerpool.scaling;

import java.util.List;

/**
 * Jobs beside the work: no worker is needed for them now, and no decision looks at them.
 *
 * @param scheduled those that wait for their time, retries among them; due ones may be counted, too
 * @param failed those that were given up and kept
 * @param periodic where jobs are enqueued again and again, who does it
 */
public record Beside(Figure scheduled, Figure failed, List<Periodic> periodic) {
    public Beside {
        periodic = List.copyOf(periodic);
    }

    /** Where nothing is known of periodic jobs. */
    public Beside(Figure scheduled, Figure failed) {
        this(scheduled, failed, List.of());
    }

    /**
     * Jobs that are enqueued again and again, of which the broker knows.
     *
     * @param keeper the program that keeps them
     * @param byWorkers whether only running workers enqueue them; else it is a process of its own
     */
    public record Periodic(String keeper, boolean byWorkers) {}

    /** Of a framework that keeps no such jobs, or none that could be counted. */
    public static final Beside NOT_KEPT = unknown("the framework does not keep them");

    public static Beside unknown(String why) {
        return new Beside(new Figure.Unknown(why), new Figure.Unknown(why));
    }
}
