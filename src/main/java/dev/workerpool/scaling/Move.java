package dev.workerpool.scaling;

import java.time.Duration;
import java.util.Optional;

/** Whether workers may leave one server for another that was proven. */
public sealed interface Move {
    /** They may. */
    record Go(Why why) implements Move {}

    /**
     * They stay.
     *
     * @param forJobs whether there are jobs, or may be, for which they do
     */
    record Stay(boolean forJobs, String why) implements Move {}

    /** Why they may go. */
    enum Why {
        /** Nothing is left behind: the new server holds what the old one does. */
        SAME_JOBS,
        /** There are no workers that could leave anything. */
        NO_POOLS,
        /** A person says so. */
        ASKED,
        /** The old server has been empty for long enough. */
        EMPTY,
        /** The old server has not answered for so long that it is taken for gone. */
        GONE
    }

    /** A restart, even of a large server that loads its data, is mostly over by then; and if not, who comes back is seen. */
    Duration GONE_AFTER = Duration.ofSeconds(60);

    /** So long the old server is looked at after the last job there. */
    Duration WATCHED_FOR = Duration.ofMinutes(10);

    /**
     * What is known between an old server and a new one.
     *
     * @param sameJobs whether the new one holds what the old one does
     * @param asked whether a person says that workers are to follow
     * @param old what the old one holds by readings of now
     * @param emptyFor how long that has been nothing; empty where it is not, or not known to be
     * @param silentFor how long it has not answered; empty where it does
     * @param quiet how long it must have been empty
     */
    record Situation(
            boolean sameJobs,
            boolean asked,
            Leftovers old,
            Optional<Duration> emptyFor,
            Optional<Duration> silentFor,
            Duration quiet) {}

    static Move of(Situation now) {
        if (now.sameJobs()) {
            return new Go(Why.SAME_JOBS);
        }
        if (now.old().pools().isEmpty()) {
            return new Go(Why.NO_POOLS);
        }
        if (now.asked()) {
            return new Go(Why.ASKED);
        }
        if (now.silentFor().isPresent()) {
            return has(now.silentFor(), GONE_AFTER)
                    ? new Go(Why.GONE)
                    : new Stay(
                            true,
                            "it does not answer; after %d s of that it is taken for gone"
                                    .formatted(GONE_AFTER.toSeconds()));
        }
        if (!now.old().empty()) {
            return new Stay(true, now.old().words());
        }
        return has(now.emptyFor(), now.quiet())
                ? new Go(Why.EMPTY)
                : new Stay(
                        false,
                        "it is empty, and must have been so for %d s"
                                .formatted(now.quiet().toSeconds()));
    }

    /**
     * How long a server must have been empty before its workers leave it: who sends jobs there seldom is else not noticed.
     *
     * @param jobsOnNew whether jobs have come to the new server: then those who send them move, too
     * @param wayBack whether workers could go back
     * @param returns how often they had to
     */
    static Duration quiet(boolean jobsOnNew, boolean wayBack, int returns) {
        Duration once = jobsOnNew ? Duration.ofSeconds(wayBack ? 10 : 30) : Duration.ofSeconds(wayBack ? 60 : 120);
        Duration often = once.multipliedBy(1L << Math.min(returns, 6));
        return often.compareTo(WATCHED_FOR) < 0 ? often : WATCHED_FOR;
    }

    private static boolean has(Optional<Duration> lasted, Duration least) {
        return lasted.filter(time -> time.compareTo(least) >= 0).isPresent();
    }
}
