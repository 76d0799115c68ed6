package dev.workerpool.importing;

/**
 * How small and how large a workload may become.
 *
 * @param min at least 1: that nothing runs when nothing waits is a choice for later
 * @param backlogPerWorker what one worker is for
 */
public record Sizes(int min, int max, int backlogPerWorker) {
    public Sizes {
        min = Math.max(1, min);
        max = Math.max(min, max);
        backlogPerWorker = Math.max(1, backlogPerWorker);
    }
}
