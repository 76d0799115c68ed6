package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.Verdict;
import dev.workerpool.testing.builders.HandClock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class BrokerEventsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Verdict READY = Verdict.holds(ConditionType.Ready, "Connected", "it answers");
    private static final Verdict REFUSED =
            Verdict.fails(ConditionType.CertificateReady, "CertificateNotIssued", "the issuer is not ready");
    private static final Verdict UNREADY =
            Verdict.fails(ConditionType.Ready, "CertificateNotIssued", "the issuer is not ready");

    @SuppressWarnings("NullAway.Init") // by the extension
    KubernetesClient client;

    private final Broker broker = aBroker().issuing().build();

    @Test
    void that_nothing_can_be_issued_is_told_once_for_each_reason() {
        shown(READY);
        told(READY, REFUSED);
        assertEquals(List.of("CertificateNotIssued"), reasons());
        shown(READY, REFUSED);
        told(READY, REFUSED);
        assertEquals(List.of("CertificateNotIssued"), reasons());
        told(READY, Verdict.fails(ConditionType.CertificateReady, "CertificateRefused", "by a policy"));
        assertEquals(List.of("CertificateNotIssued", "CertificateRefused"), reasons());
    }

    @Test
    void what_Ready_says_is_not_said_twice() {
        shown(READY);
        told(UNREADY, REFUSED);
        assertEquals(List.of("CertificateNotIssued"), reasons());
    }

    private void shown(Verdict... verdicts) {
        broker.setStatus(status(verdicts));
    }

    private static BrokerStatus status(Verdict... verdicts) {
        return new BrokerStatus(
                1L,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ConditionList.of(List.of(verdicts), null, 1L, NOW));
    }

    private void told(Verdict... verdicts) {
        new BrokerEvents(new EventRecorder(client, new HandClock(NOW)))
                .record(broker, status(verdicts), List.of(verdicts), List.of());
    }

    private List<String> reasons() {
        return client.v1().events().inNamespace("shop").list().getItems().stream()
                .map(Event::getReason)
                .sorted()
                .toList();
    }
}
