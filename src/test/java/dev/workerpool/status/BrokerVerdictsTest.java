package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerVerdictsTest {
    private static final Verdict VERIFIED = trusted(true, Verification.full(List.of()));
    private static final Verdict PLAIN = trusted(false, Verification.full(List.of()));

    private static Verdict trusted(boolean tls, Verification verification) {
        return BrokerVerdicts.trusted(new Connection(
                new Endpoint("h", 6379, 0, tls), Optional.empty(), verification, new Topology.Standalone()));
    }

    @Test
    void that_nothing_is_verified_is_no_trust() {
        Verdict none = trusted(true, new Verification(Verification.Extent.None, Optional.empty(), List.of()));
        assertEquals("VerificationDisabled", none.reason());
        assertEquals(Verdict.Truth.False, none.status());
        assertEquals(
                "ChainVerified",
                trusted(true, new Verification(Verification.Extent.CA, Optional.empty(), List.of()))
                        .reason());
    }

    private static final String KEEPING =
            "; running, restarted and added pods keep the connection that was last proven";

    @Test
    void a_broker_that_answers_over_TLS_is_reached_trusted_and_ready() {
        assertEquals(
                "Reachable=True Connected, Trusted=True CertificateVerified, Ready=True Connected",
                summary(BrokerVerdicts.connected("h:6379", VERIFIED)));
    }

    @Test
    void over_a_plain_connection_nobody_is_trusted_and_that_is_no_fault() {
        assertEquals(
                "Reachable=True Connected, Trusted=False PlainConnection, Ready=True Connected",
                summary(BrokerVerdicts.connected("h:6379", PLAIN)));
    }

    @Test
    void a_certificate_that_is_not_trusted_was_reached() {
        assertEquals(
                "Reachable=True Connected, Trusted=False CertificateNotTrusted, Ready=False CertificateNotTrusted",
                summary(BrokerVerdicts.failed(new Probe.Failed(Cause.CertificateNotTrusted, "unknown"), false)));
    }

    @Test
    void of_one_that_was_not_reached_nobody_knows_whether_to_trust_it() {
        assertEquals(
                "Reachable=False ConnectionRefused, Trusted=Unknown ConnectionRefused, Ready=False ConnectionRefused",
                summary(BrokerVerdicts.failed(new Probe.Failed(Cause.ConnectionRefused, "refused"), false)));
    }

    @Test
    void one_that_refuses_the_login_was_reached() {
        assertEquals(
                "Reachable=True Connected, Trusted=Unknown LoginRefused, Ready=False LoginRefused",
                summary(BrokerVerdicts.failed(new Probe.Failed(Cause.LoginRefused, "refused"), false)));
    }

    @Test
    void what_cannot_be_tried_is_unknown_but_not_ready() {
        assertEquals(
                "Reachable=Unknown SecretNotFound, Trusted=Unknown SecretNotFound, Ready=False SecretNotFound",
                summary(BrokerVerdicts.unresolved("SecretNotFound", "there is no Secret x", false)));
    }

    @Test
    void while_pods_keep_what_works_that_is_said() {
        var failed = new Probe.Failed(Cause.LoginRefused, "refused");
        assertTrue(ready(BrokerVerdicts.failed(failed, true)).message().endsWith(KEEPING));
        assertTrue(ready(BrokerVerdicts.unresolved("SecretNotFound", "there is none", true))
                .message()
                .endsWith(KEEPING));
        assertFalse(ready(BrokerVerdicts.failed(failed, false)).message().contains("keep"));
    }

    @Test
    void a_connection_that_worked_and_is_silent_now_stays_trusted() {
        assertEquals(
                "Reachable=False Unavailable, Trusted=True CertificateVerified, Ready=False Unavailable",
                summary(BrokerVerdicts.unavailable(VERIFIED, "no answer")));
    }

    private static Verdict ready(List<Verdict> verdicts) {
        return BrokerVerdicts.ready(verdicts).orElseThrow();
    }

    private static String summary(List<Verdict> verdicts) {
        return String.join(
                ", ",
                verdicts.stream()
                        .map(v -> v.type() + "=" + v.status() + " " + v.reason())
                        .toList());
    }
}
