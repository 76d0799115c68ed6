package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.builders.FreshKeys;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeafTermsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SEASON = Duration.ofDays(90);
    private static final Authority AUTHORITY = FreshKeys.authority("jobs", NOW, Duration.ofDays(365));

    private final LeafTerms terms = new LeafTerms(SEASON, Optional.empty(), "");

    private static X509Certificate issued(LeafTerms terms, Instant when) {
        return AUTHORITY
                .issue(Holder.pool("shop", "mail"), FreshKeys.next(), terms.validity(when))
                .certificate();
    }

    private static boolean isDue(LeafTerms terms, X509Certificate leaf, Instant when) {
        return terms.isDue(leaf, "", AUTHORITY, when);
    }

    @Test
    void another_is_due_at_two_thirds_of_its_life() {
        X509Certificate leaf = issued(terms, NOW);
        assertFalse(isDue(terms, leaf, NOW.plus(Duration.ofDays(59))));
        assertTrue(isDue(terms, leaf, NOW.plus(Duration.ofDays(60))));
    }

    @Test
    void or_so_long_before_its_end_as_people_say() {
        LeafTerms early = new LeafTerms(SEASON, Optional.of(Duration.ofDays(10)), "");
        X509Certificate leaf = issued(early, NOW);
        assertEquals(NOW.plus(Duration.ofDays(80)), early.renewal(leaf));
    }

    @Test
    void once_for_each_time_that_people_ask() {
        LeafTerms asked = new LeafTerms(SEASON, Optional.empty(), "leaf-2");
        X509Certificate leaf = issued(asked, NOW);
        assertTrue(asked.isDue(leaf, "leaf-1", AUTHORITY, NOW));
        assertFalse(asked.isDue(leaf, "leaf-2", AUTHORITY, NOW));
        assertFalse(terms.isDue(leaf, "leaf-2", AUTHORITY, NOW), "asking no longer is no asking");
    }

    @Test
    void at_once_where_another_authority_signs_now() {
        Authority other = FreshKeys.authority("jobs", NOW, SEASON);
        assertTrue(terms.isDue(issued(terms, NOW), "", other, NOW));
    }

    @Test
    void not_again_and_again_where_the_authority_ends_soon() {
        Instant late = NOW.plus(Duration.ofDays(350));
        X509Certificate leaf = issued(terms, late);
        assertEquals(AUTHORITY.notAfter(), leaf.getNotAfter().toInstant());
        assertFalse(isDue(terms, leaf, AUTHORITY.notAfter().minusSeconds(60)));
    }

    @Test
    void one_that_was_cut_short_is_not_due_from_its_beginning() {
        LeafTerms early = new LeafTerms(SEASON, Optional.of(Duration.ofDays(80)), "");
        Instant late = NOW.plus(Duration.ofDays(330));
        assertTrue(early.renewal(issued(early, late)).isAfter(late));
    }
}
