package dev.workerpool.tools.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When how many jobs come. The operator lowers a pool a minute after it last needed its size, and by half at most: so the small pool
 * goes to zero and is woken three times in a round, while the large one gets smaller step by step.
 */
final class Waves {
    static final Duration ROUND = Duration.ofMinutes(4);

    /** So much must be left when the last jobs come: they are to be done before the end. */
    private static final Duration ENOUGH = Duration.ofSeconds(15);

    private static final List<Wave> ONE_ROUND = List.of(
            wave(0, App.CELERY, "mail", 12, 500),
            wave(0, App.SIDEKIQ, "default", 260, 1000),
            wave(3, App.SIDEKIQ, "critical", 20, 1000),
            wave(18, App.SIDEKIQ, "default", 40, 800),
            wave(84, App.CELERY, "newsletter", 18, 1000),
            wave(92, App.SIDEKIQ, "default", 420, 1500),
            wave(168, App.CELERY, "mail", 30, 1000));

    private Waves() {}

    private static Wave wave(int second, App app, String queue, int jobs, int millis) {
        return new Wave(Duration.ofSeconds(second), app, queue, jobs, Duration.ofMillis(millis));
    }

    /** In the order in which they come: without an end, or those that can be done by the end. */
    static Stream<Wave> until(Optional<Duration> end) {
        Stream<Wave> all = IntStream.iterate(0, round -> round + 1)
                .boxed()
                .flatMap(round -> ONE_ROUND.stream().map(wave -> wave.later(ROUND.multipliedBy(round))));
        return end.map(limit -> all.takeWhile(
                        wave -> wave.at().isZero() || wave.at().plus(ENOUGH).compareTo(limit) <= 0))
                .orElse(all);
    }
}
