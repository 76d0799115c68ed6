package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSearchTest {
    private static final String SECRET = "p@ss word/4711";
    private static final SecretSearch SEARCH = new SecretSearch(Set.of("another-secret", SECRET));

    @Test
    void namesThePlacesThatHoldASecretAndNoOthers() {
        assertEquals(
                List.of("events", "log"),
                SEARCH.placesOf(Map.of(
                        "log", "connecting to redis://:" + SECRET + "@localhost",
                        "events", "x another-secret y",
                        "metrics", "p@ss, word and 4711")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p%40ss+word%2F4711", "p%40ss%20word%2F4711"})
    void findsItPercentEncoded(String encoded) {
        assertEquals(List.of("url"), SEARCH.placesOf(Map.of("url", "redis://:" + encoded + "@localhost:1/0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "12", "123", "1234"})
    void findsItInBase64WhereverItBegins(String before) {
        for (String after : List.of("", "x", "xy", "xyz")) {
            byte[] bytes = (before + SECRET + after).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().encodeToString(bytes);
            assertEquals(List.of("data"), SEARCH.placesOf(Map.of("data", "{\"url\":\"" + encoded + "\"}")), encoded);
        }
    }

    @Test
    void aPlaceWithoutTextWasNotSearched() {
        assertThrows(IllegalArgumentException.class, () -> SEARCH.placesOf(Map.of("log", "")));
    }

    @Test
    void whatCouldStandAnywhereIsNoSecretToSearchFor() {
        assertThrows(IllegalArgumentException.class, () -> new SecretSearch(Set.of("secret")));
        assertThrows(IllegalArgumentException.class, () -> new SecretSearch(Set.of()));
    }
}
