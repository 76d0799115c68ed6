package dev.workerpool.tools.demo;

import java.time.Duration;

/**
 * Jobs that come at once.
 *
 * @param at since the show began
 * @param each how long one job takes on average; they differ by up to a half of it
 */
record Wave(Duration at, App app, String queue, int jobs, Duration each) {

    /** How long the n-th of its jobs takes: spread evenly from half of the average to one and a half of it. */
    Duration lasting(int n) {
        double spread = jobs < 2 ? 1 : 0.5 + (double) n / (jobs - 1);
        return Duration.ofMillis(Math.round(each.toMillis() * spread));
    }

    Wave later(Duration by) {
        return new Wave(at.plus(by), app, queue, jobs, each);
    }
}
