package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.FirstUse.Decision;
import dev.workerpool.tls.FirstUse.Recorded;
import dev.workerpool.tls.FirstUse.Terms;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirstUseTest {
    private static final PrivateCa CA = PrivateCa.create();
    private static final PrivateCa IMPOSTOR = PrivateCa.create();
    private static final Terms TERMS = new Terms("redis:6379", "digest", Set.of());
    private static final Pin PIN = new Pin("redis:6379", "digest", authority(CA));
    private static final Recorded RECORD = new Recorded("redis:6379", PIN.sha256());
    private static final FirstUse NOTHING = new FirstUse(Optional.empty(), Optional.empty());
    private static final FirstUse KNOWN = new FirstUse(Optional.of(PIN), Optional.of(RECORD));

    @Test
    void at_first_the_authority_that_is_presented_is_pinned() {
        assertEquals(Optional.empty(), NOTHING.unseen(TERMS));
        assertEquals(new Decision.Pinned(PIN), NOTHING.seen(TERMS, chain(CA)));
    }

    @Test
    void a_leaf_alone_is_not_by_what_a_server_is_known_again() {
        assertEquals(
                "NoAuthorityPresented", reason(NOTHING.seen(TERMS, chain(CA).subList(0, 1))));
    }

    @Test
    void from_then_on_it_is_known_without_a_look_and_no_other_is_taken() {
        assertEquals(Optional.of(new Decision.Known(PIN)), KNOWN.unseen(TERMS));
        assertEquals(new Decision.Known(PIN), KNOWN.seen(TERMS, chain(CA)));
        Decision.Refused refused = assertInstanceOf(Decision.Refused.class, KNOWN.seen(TERMS, chain(IMPOSTOR)));
        assertEquals("PinnedAuthorityChanged", refused.reason());
        String other = Certificates.sha256(authority(IMPOSTOR));
        assertTrue(refused.message().contains(PIN.sha256())
                && refused.message().endsWith("acceptedFingerprints: [" + other + "]}"));
    }

    @Test
    void a_person_may_accept_another() {
        Terms accepting = new Terms("redis:6379", "digest", Set.of(Certificates.sha256(authority(IMPOSTOR))));
        assertEquals(Optional.of(new Decision.Known(PIN)), KNOWN.unseen(accepting), "until it is presented");
        assertEquals(
                new Decision.Pinned(new Pin("redis:6379", "digest", authority(IMPOSTOR))),
                KNOWN.seen(accepting, chain(IMPOSTOR)));
    }

    @Test
    void who_knows_the_fingerprint_beforehand_lets_no_other_be_the_first() {
        Terms told = new Terms("redis:6379", "digest", Set.of(PIN.sha256()));
        assertEquals("AuthorityNotAccepted", reason(NOTHING.seen(told, chain(IMPOSTOR))));
        assertEquals(new Decision.Pinned(PIN), NOTHING.seen(told, chain(CA)));
    }

    @Test
    void a_pin_that_has_gone_is_put_back_but_nothing_else_in_its_place() {
        FirstUse gone = new FirstUse(Optional.empty(), Optional.of(RECORD));
        assertEquals(Optional.empty(), gone.unseen(TERMS));
        assertEquals(new Decision.Pinned(PIN), gone.seen(TERMS, chain(CA)));
        assertEquals("PinMissing", reason(gone.seen(TERMS, chain(IMPOSTOR))));
    }

    @Test
    void a_pin_that_somebody_changed_is_not_believed() {
        Pin theirs = new Pin("redis:6379", "digest", authority(IMPOSTOR));
        FirstUse changed = new FirstUse(Optional.of(theirs), Optional.of(RECORD));
        assertEquals("PinChanged", reason(changed.unseen(TERMS).orElseThrow()));
        assertEquals("PinChanged", reason(changed.seen(TERMS, chain(IMPOSTOR))));
    }

    @Test
    void another_URL_is_another_first_use() {
        Terms moved = new Terms("redis:6380", "another", Set.of());
        assertEquals(Optional.empty(), KNOWN.unseen(moved));
        assertEquals(
                new Decision.Pinned(new Pin("redis:6380", "another", authority(IMPOSTOR))),
                KNOWN.seen(moved, chain(IMPOSTOR)));
    }

    private static String reason(Decision decision) {
        return assertInstanceOf(Decision.Refused.class, decision).reason();
    }

    private static X509Certificate authority(PrivateCa ca) {
        return Certificates.parse(ca.pem()).certificates().getFirst();
    }

    private static List<X509Certificate> chain(PrivateCa ca) {
        return Certificates.parse(ca.leaf().certificatePem() + ca.pem()).certificates();
    }
}
