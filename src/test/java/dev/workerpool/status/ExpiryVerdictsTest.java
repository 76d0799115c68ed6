package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.status.ExpiryVerdicts.Issuer;
import dev.workerpool.status.Lifetime.Holder;
import dev.workerpool.status.Lifetime.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryVerdictsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @Test
    void a_certificate_of_a_year_is_news_a_month_before_and_again_three_days_before() {
        assertEquals(Stage.Current, left(Duration.ofDays(365), Duration.ofDays(31)));
        assertEquals(Stage.Expires, left(Duration.ofDays(365), Duration.ofDays(30)));
        assertEquals(Stage.Expires, left(Duration.ofDays(365), Duration.ofDays(4)));
        assertEquals(Stage.ExpiresSoon, left(Duration.ofDays(365), Duration.ofDays(3)));
        assertEquals(Stage.Expired, left(Duration.ofDays(365), Duration.ZERO));
    }

    @Test
    void one_that_is_renewed_at_two_thirds_of_its_life_is_no_news_however_short_that_is() {
        for (Duration life :
                List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(90))) {
            assertEquals(Stage.Current, left(life, life.dividedBy(3)), life::toString);
            assertEquals(Stage.Expires, left(life, life.dividedBy(5)), life::toString);
            assertEquals(Stage.ExpiresSoon, left(life, life.dividedBy(31)), life::toString);
        }
    }

    @Test
    void it_is_looked_at_again_when_the_next_stage_begins() {
        List<Lifetime> all = List.of(ending(Holder.Server, Duration.ofDays(100), Duration.ofDays(30)));
        assertEquals(Optional.of(Duration.ofDays(5).plusSeconds(1)), ExpiryVerdicts.again(all, NOW));
        assertEquals(
                Optional.of(Duration.ofDays(22).plusSeconds(1)),
                ExpiryVerdicts.again(all, NOW.plus(Duration.ofDays(5))));
        assertEquals(Optional.empty(), ExpiryVerdicts.again(all, NOW.plus(Duration.ofDays(31))));
    }

    @Test
    void the_first_to_end_is_told_whosever_it_is() {
        Verdict verdict = verdict(
                ending(Holder.Server, Duration.ofDays(365), Duration.ofDays(200)),
                ending(Holder.Client, Duration.ofDays(365), Duration.ofDays(20)));
        assertEquals("CertificateExpires", verdict.reason());
        assertTrue(
                verdict.message().contains("the client certificate of CN=Client ends at 2026-12-12"),
                verdict.message());
    }

    @Test
    void an_authority_of_the_bundle_that_has_ended_is_named_and_no_alarm() {
        Verdict verdict = verdict(
                ending(Holder.Server, Duration.ofDays(365), Duration.ofDays(200)),
                ending(Holder.Bundle, Duration.ofDays(365), Duration.ofDays(-1)),
                ending(Holder.Bundle, Duration.ofDays(365), Duration.ofDays(200)));
        assertEquals("Current", verdict.reason());
        assertTrue(verdict.message().endsWith("CN=Bundle ended at 2026-11-21T00:00:00Z"), verdict.message());
    }

    @Test
    void who_is_to_renew_a_client_certificate_is_who_issues_it() {
        List<Lifetime> all = List.of(ending(Holder.Client, Duration.ofDays(90), Duration.ofDays(9)));
        assertTrue(verdict(all.getFirst()).message().endsWith("put a new one into its Secret"));
        String issued = ExpiryVerdicts.of(all, Issuer.CertManager, NOW)
                .map(Verdict::message)
                .orElseThrow();
        assertTrue(issued.contains("cert-manager renews it"), issued);
        assertFalse(issued.contains("into its Secret"), issued);
    }

    @Test
    void of_a_plain_connection_nothing_is_said() {
        assertEquals(Optional.empty(), ExpiryVerdicts.of(List.of(), Issuer.People, NOW));
        assertEquals(Optional.empty(), ExpiryVerdicts.again(List.of(), NOW));
    }

    @Test
    void each_stage_is_told_once() {
        Optional<Verdict> expires =
                Optional.of(verdict(ending(Holder.Server, Duration.ofDays(365), Duration.ofDays(20))));
        assertEquals(expires, ExpiryVerdicts.warning(expires, null));
        var shown = ConditionList.of(List.of(expires.orElseThrow()), null, 1L, NOW);
        assertEquals(Optional.empty(), ExpiryVerdicts.warning(expires, shown));
        Optional<Verdict> soon = Optional.of(verdict(ending(Holder.Server, Duration.ofDays(365), Duration.ofDays(2))));
        assertEquals(soon, ExpiryVerdicts.warning(soon, shown));
        Optional<Verdict> current =
                Optional.of(verdict(ending(Holder.Server, Duration.ofDays(365), Duration.ofDays(200))));
        assertFalse(ExpiryVerdicts.warning(current, shown).isPresent());
    }

    private static Verdict verdict(Lifetime... all) {
        return ExpiryVerdicts.of(List.of(all), Issuer.People, NOW).orElseThrow();
    }

    private static Stage left(Duration life, Duration left) {
        return ending(Holder.Server, life, left).at(NOW);
    }

    private static Lifetime ending(Holder of, Duration life, Duration left) {
        return new Lifetime(of, "CN=" + of, NOW.plus(left).minus(life), NOW.plus(left));
    }
}
