package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.tls.SigningRotation.Seen;
import dev.workerpool.tls.SigningRotation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigningRotationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Credential FIRST = new Credential("first", "key", NOW, NOW.plus(LIFE));
    private static final Credential OTHER = new Credential("other", "key", NOW, NOW.plus(LIFE));

    @Test
    void a_key_is_made_for_each_before_anybody_is_given_one() {
        assertEquals(new Step.Issue(Set.of("pool/mail"), false), next(Signers.NONE, NOW));
    }

    @Test
    void a_new_key_is_used_once_all_who_run_know_it() {
        Signers both = enforced(new Signer(Optional.of(FIRST), Optional.of(OTHER), List.of()));

        assertEquals(new Step.Await(List.of("Deployment/web")), next(both, NOW, "Deployment/web"));
        Signer after = written(next(both, NOW)).signer("pool/mail").orElseThrow();
        assertEquals(Optional.of(OTHER), after.inUse());
        assertEquals(List.of(FIRST.withoutKey()), after.former());
        assertEquals("", after.former().getFirst().keyPem(), "the old key is gone");
    }

    @Test
    void a_former_key_is_known_until_what_it_signed_had_its_time() {
        Signers former = enforced(new Signer(Optional.of(OTHER), Optional.empty(), List.of(FIRST)));

        Signers settled = written(next(former, NOW));
        assertEquals(Optional.of(NOW), settled.settled());
        assertEquals(new Step.LetDrain(NOW.plus(Duration.ofHours(24))), next(settled, NOW.plusSeconds(1)));
        Signers after = written(next(settled, NOW.plus(Duration.ofHours(24))));
        assertEquals(List.of(), after.signer("pool/mail").orElseThrow().former());
    }

    @Test
    void unsigned_messages_are_refused_only_after_they_had_their_time() {
        Signers signing = new Signers(SigningPhase.Signing, Map.of("pool/mail", uses(FIRST)), Optional.of(NOW), "");

        assertInstanceOf(Step.LetDrain.class, next(signing, NOW.plusSeconds(1)));
        assertEquals(
                SigningPhase.Enforcing,
                written(next(signing, NOW.plus(Duration.ofHours(24)))).phase());
    }

    @Test
    void nothing_is_waited_for_where_nothing_is_to_be_done() {
        assertInstanceOf(Step.Keep.class, next(enforced(uses(FIRST)), NOW, "pool mail"));
    }

    @Test
    void near_its_end_a_certificate_is_used_no_more_and_then_known_no_more_whoever_is_in_the_way() {
        Signers both = enforced(new Signer(Optional.of(FIRST), Optional.of(OTHER), List.of()));

        Signer used = written(next(both, NOW.plus(Duration.ofDays(75)), "Deployment/web"))
                .signer("pool/mail")
                .orElseThrow();
        assertEquals(Optional.of(OTHER), used.inUse());

        Credential late = new Credential("late", "key", NOW, NOW.plus(LIFE.multipliedBy(2)));
        Signers former = enforced(new Signer(Optional.of(late), Optional.empty(), List.of(FIRST)));
        Signer known = written(next(former, NOW.plus(Duration.ofDays(83)), "Deployment/web"))
                .signer("pool/mail")
                .orElseThrow();
        assertEquals(List.of(late), known.known());
    }

    @Test
    void after_a_long_sleep_of_the_operator_a_key_is_replaced_at_once() {
        assertEquals(
                new Step.Issue(Set.of("pool/mail"), true),
                next(enforced(uses(FIRST)), NOW.plus(Duration.ofDays(400)), "Deployment/web"));
    }

    @Test
    void a_client_that_is_taken_from_the_list_is_not_believed_any_more_a_pool_that_is_gone_for_a_while() {
        Signers more = new Signers(
                SigningPhase.Enforced,
                Map.of("pool/mail", uses(FIRST), "client/web", uses(OTHER)),
                Optional.of(NOW),
                "");
        assertTrue(written(next(more, NOW)).signer("client/web").isEmpty());

        Signers gone = enforced(uses(FIRST));
        Signers without = written(rotation(Set.of(), true).next(gone, new Seen(NOW, List::of)));
        assertEquals(
                List.of(FIRST.withoutKey()),
                without.signer("pool/mail").orElseThrow().known());
        assertTrue(without.settled().isEmpty());
    }

    @Test
    void what_is_switched_off_goes_back_by_the_same_steps() {
        SigningRotation off = rotation(Set.of("pool/mail"), false);
        assertEquals(
                SigningPhase.Enforcing,
                written(off.next(enforced(uses(FIRST)), new Seen(NOW, List::of)))
                        .phase());
        Signers accepting = new Signers(SigningPhase.Accepting, Map.of("pool/mail", uses(FIRST)), Optional.of(NOW), "");
        assertInstanceOf(Step.LetDrain.class, off.next(accepting, new Seen(NOW.plusSeconds(1), List::of)));
    }

    @Test
    void no_key_is_shown() {
        Credential secret = new Credential("certificate", "private", NOW, NOW);
        assertFalse(enforced(uses(secret)).toString().contains("private"));
    }

    private static Signer uses(Credential credential) {
        return new Signer(Optional.of(credential), Optional.empty(), List.of());
    }

    private static Signers enforced(Signer mail) {
        return new Signers(SigningPhase.Enforced, Map.of("pool/mail", mail), Optional.empty(), "");
    }

    private static Signers written(Step step) {
        return assertInstanceOf(Step.Write.class, step).now();
    }

    private static Step next(Signers held, Instant now, String... behind) {
        return rotation(Set.of("pool/mail"), true).next(held, new Seen(now, () -> List.of(behind)));
    }

    private static SigningRotation rotation(Set<String> wanted, boolean on) {
        return new SigningRotation(new LeafTerms(LIFE, Optional.empty(), ""), Duration.ofHours(24), wanted, on);
    }
}
