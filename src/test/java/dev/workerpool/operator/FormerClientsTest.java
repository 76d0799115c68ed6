package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.ClientStatus;
import dev.workerpool.api.Client;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.desired.ClientSecrets;
import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.Holder;
import dev.workerpool.tls.Validity;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Before a former authority is dropped: nobody is forgotten, whatever a status of a moment before says. */
class FormerClientsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authority OLD = FreshKeys.authority("old", NOW, Duration.ofDays(1095));
    private static final Authority NEW = FreshKeys.authority("new", NOW, Duration.ofDays(1095));

    private final Broker broker = aBroker().issuing().build();
    private final Map<String, Instant> asked = new HashMap<>();
    private Map<String, List<String>> answer = Map.of();

    @Test
    void a_Secret_that_still_holds_a_former_one_is_waited_for_though_nobody_runs_with_it() {
        shown(true, NOW);
        assertEquals(List.of("Secret jobs-web"), waitedFor(secret(OLD)));
        assertEquals(Map.of("jobs-web", Instant.MAX), asked, "whenever they were started");
        answer = Map.of("jobs-web", List.of("Deployment/web"));
        assertEquals(List.of("Deployment/web"), waitedFor(secret(OLD)));
    }

    @Test
    void whoever_was_started_before_it_changed_is_waited_for_whatever_the_status_says_of_before() {
        answer = Map.of("jobs-web", List.of("Deployment/web"));
        assertEquals(List.of("Deployment/web"), waitedFor(secret(NEW)), "none was written yet");
        shown(true, NOW.minusSeconds(60));
        assertEquals(List.of("Deployment/web"), waitedFor(secret(NEW)), "that was said of what there was before");
        assertEquals(Map.of("jobs-web", NOW), asked);
        shown(false, NOW);
        assertEquals(List.of("Deployment/web"), waitedFor(secret(NEW)));
        answer = Map.of();
        assertEquals(List.of(), waitedFor(secret(NEW)));
    }

    @Test
    void once_nobody_ran_with_a_former_one_nobody_is_asked() {
        shown(true, NOW);
        answer = Map.of("jobs-web", List.of("Deployment/web"));
        assertEquals(List.of(), waitedFor(secret(NEW)));
        assertEquals(Map.of(), asked);
    }

    private List<String> waitedFor(Secret... secrets) {
        return new FormerClients(ignored -> List.of(secrets), (key, changed) -> {
                    asked.clear();
                    asked.putAll(changed);
                    return answer;
                })
                .of(broker, NEW::signed);
    }

    private void shown(boolean current, Instant since) {
        ClientStatus web = new ClientStatus("web", "jobs-web", current, since.toString(), null);
        broker.setStatus(new BrokerStatus(null, null, null, null, null, null, List.of(web), null, null, null, null));
    }

    private Secret secret(Authority by) {
        Connection connection = new Connection(
                        new Endpoint("redis.example", 6380, 0, true), Optional.empty(), List.of())
                .presenting(Optional.of(by.issue(
                        Holder.client("shop", "jobs", "web"),
                        FreshKeys.next(),
                        Validity.starting(NOW, Duration.ofDays(90)))));
        return ClientSecrets.files(
                broker,
                new Client("web", null),
                connection,
                Optional.empty(),
                new ClientSecrets.Change(Optional.empty(), NOW));
    }
}
