package dev.workerpool.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WavesTest {

    @Test
    void theFirstJobsComeAtOnceAndForBothPoolsHoweverShortTheShow() {
        List<Wave> waves = Waves.until(Optional.of(Duration.ofSeconds(1))).toList();
        assertTrue(waves.stream().allMatch(wave -> wave.at().isZero()), waves.toString());
        assertEquals(App.ALL, waves.stream().map(Wave::app).toList());
    }

    @Test
    void theLastJobsComeEarlyEnoughToBeDoneByTheEnd() {
        Duration end = Duration.ofMinutes(9);
        assertTrue(Waves.until(Optional.of(end))
                .allMatch(wave -> wave.at().plusSeconds(15).compareTo(end) <= 0));
    }

    @Test
    void withoutAnEndTheyComeForeverAndInOrder() {
        List<Duration> first =
                Waves.until(Optional.empty()).limit(100).map(Wave::at).toList();
        assertEquals(first.stream().sorted().toList(), first);
        assertEquals(100, first.size());
    }

    @Test
    void inEachRoundTheSmallPoolHasAMinuteToGoToZeroBeforeItIsWokenAgain() {
        List<Duration> mail = Waves.until(Optional.of(Waves.ROUND))
                .filter(wave -> wave.app().equals(App.CELERY))
                .map(Wave::at)
                .toList();
        for (int i = 1; i < mail.size(); i++) {
            assertTrue(mail.get(i).minus(mail.get(i - 1)).compareTo(Duration.ofSeconds(75)) > 0, mail.toString());
        }
    }

    @Test
    void everyQueueOfTheExamplesGetsJobs() {
        assertEquals(
                App.ALL.stream().flatMap(app -> app.queues().stream()).collect(Collectors.toSet()),
                Waves.until(Optional.of(Waves.ROUND)).map(Wave::queue).collect(Collectors.toSet()));
    }

    @Test
    void jobsOfAWaveTakeFromHalfToOneAndAHalfOfItsAverage() {
        Wave wave = new Wave(Duration.ZERO, App.SIDEKIQ, "default", 3, Duration.ofSeconds(2));
        assertEquals(
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
                List.of(wave.lasting(0), wave.lasting(1), wave.lasting(2)));
        assertFalse(new Wave(Duration.ZERO, App.SIDEKIQ, "default", 1, Duration.ofSeconds(2))
                .lasting(0)
                .isZero());
    }
}
