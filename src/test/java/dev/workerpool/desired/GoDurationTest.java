package dev.workerpool.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "1h30m, PT1H30M",
        "1.5s, PT1.5S",
        "100ms, PT0.1S",
        "0s, PT0S",
        "24h, PT24H",
        "1m0.5s, PT1M0.5S"
    })
    void is_read_as_Kubernetes_writes_it(String text, Duration duration) {
        assertEquals(Optional.of(duration), GoDuration.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "5x", "-5s", "1h 30m", "5s later", "PT5S", "1.s"})
    void is_nothing_where_the_text_is_none(String text) {
        assertEquals(Optional.empty(), GoDuration.parse(text));
    }

    @Test
    void an_empty_text_is_no_duration() {
        assertEquals(Optional.empty(), GoDuration.parse(""));
    }
}
