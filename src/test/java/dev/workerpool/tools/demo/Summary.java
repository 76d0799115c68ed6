package dev.workerpool.tools.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of the show.
 *
 * @param left jobs that nobody had taken when it was stopped
 */
record Summary(Tally.Figures jobs, long left, Chronicle chronicle) {

    long lost() {
        return jobs.outstanding() - left;
    }

    boolean isGood() {
        return lost() == 0 && jobs.again() == 0;
    }

    List<String> lines(Instant began, Duration firstLine) {
        String waiting = left == 0 ? "" : ", " + left + " left in their queues";
        String again = jobs.again() == 0 ? "" : ", " + jobs.again() + " done twice";
        return List.of(
                "%d enqueued, %d done%s, %d lost%s".formatted(jobs.enqueued(), jobs.done(), waiting, lost(), again),
                "workers: "
                        + chronicle.sizes().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(pool -> pool.getKey() + " " + path(pool.getValue()))
                                .collect(Collectors.joining(", ")),
                "first line after %s, first decision after %s"
                        .formatted(
                                Figures.seconds(firstLine),
                                chronicle
                                        .firstRaised()
                                        .map(at -> Figures.seconds(Duration.between(began, at)))
                                        .orElse("–")));
    }

    private static String path(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("→"));
    }
}
