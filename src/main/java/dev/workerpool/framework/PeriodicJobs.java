package dev.workerpool.framework;

import dev.workerpool.scaling.Beside.Periodic;
import java.util.List;

/**
 * Keys by which one knows that there are periodic jobs: each is read by its size alone, and never empty while there are any.
 *
 * @param size answered by {@link Reply.Count}
 */
record PeriodicJobs(Read size, Periodic periodic) {

    static List<Read> reads(List<PeriodicJobs> known) {
        return known.stream().map(PeriodicJobs::size).distinct().toList();
    }

    /** Those of which there are any; a key that cannot be read is none. */
    static List<Periodic> found(List<PeriodicJobs> known, Replies replies) {
        return known.stream()
                .filter(jobs -> replies.count(jobs.size()).atLeast() > 0)
                .map(PeriodicJobs::periodic)
                .distinct()
                .toList();
    }
}
