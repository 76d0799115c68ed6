package dev.workerpool.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for every URL, however broken. */
class BrokerUriProperties {
    private static final List<String> BROKEN =
            new BrokenUrls(new Random(6)).several(20_000).distinct().toList();

    @Test
    void none_is_quoted_and_each_is_answered() {
        assertTrue(BROKEN.size() > 1_000, () -> "only " + BROKEN.size());
        assertEquals(
                List.of(),
                BROKEN.stream().filter(url -> BrokenUrls.tells(told(url))).toList());
    }

    @Test
    void a_host_is_found_only_where_it_stands() {
        Set<String> hosts = BROKEN.stream()
                .map(BrokerUri::parse)
                .filter(BrokerUri.Parsed.class::isInstance)
                .map(parsed -> ((BrokerUri.Parsed) parsed).endpoint().host())
                .collect(Collectors.toSet());
        assertEquals(Set.of(BrokenUrls.HOST), hosts);
    }

    @Test
    void they_are_broken_in_every_way_that_there_are_words_for() {
        Set<String> ways = BROKEN.stream()
                .map(BrokerUri::parse)
                .filter(BrokerUri.Malformed.class::isInstance)
                .map(malformed -> ((BrokerUri.Malformed) malformed).why().replaceAll("[0-9]+", "N"))
                .collect(Collectors.toSet());
        assertEquals(6, ways.size(), ways::toString);
    }

    /** What a person is shown of it. */
    private static String told(String url) {
        return switch (BrokerUri.parse(url)) {
            case BrokerUri.Parsed parsed -> parsed.toString();
            case BrokerUri.Malformed malformed -> malformed.why();
        };
    }
}
