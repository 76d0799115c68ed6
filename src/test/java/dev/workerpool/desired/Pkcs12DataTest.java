package dev.workerpool.desired;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class Pkcs12DataTest {
    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");
    private static final Optional<String> PASSWORD = Optional.of("change it");
    private static final ClientIdentity MAIL = AnIdentity.named("mail");
    private static final Connection PRESENTING = new Connection(
                    new Endpoint("redis.example", 6380, 0, true),
                    Optional.empty(),
                    Certificates.parse(PrivateCa.create().pem()).certificates())
            .presenting(Optional.of(MAIL));

    private final Broker broker = aBroker().build();

    @Test
    void the_Secrets_of_what_is_presented_and_trusted_have_a_store_and_its_password() {
        Secret identity = Pkcs12Data.filled(identity(PASSWORD));
        assertEquals(
                Set.of("tls.crt", "tls.key", "keystore.p12", "keystore.password"),
                identity.getData().keySet());
        Secret trust = Pkcs12Data.filled(trust(PASSWORD));
        assertEquals(
                Set.of("ca.crt", "truststore.p12", "keystore.password"),
                trust.getData().keySet());
        assertEquals(PASSWORD, Pkcs12Data.password(trust));
        assertEquals(Optional.of(MAIL), BrokerSecrets.identity(identity));
    }

    @Test
    void they_are_named_by_what_goes_in_though_no_two_stores_are_the_same() {
        assertEquals(identity(PASSWORD), identity(PASSWORD));
        assertNotEquals(Pkcs12Data.filled(identity(PASSWORD)), Pkcs12Data.filled(identity(PASSWORD)));
        assertNotEquals(name(identity(PASSWORD)), name(identity(Optional.of("another"))));
        assertNotEquals(name(trust(PASSWORD)), name(trust(Optional.of("another"))));
    }

    @Test
    void without_a_password_all_is_as_it_was() {
        Secret identity = identity(Optional.empty());
        assertEquals(identity, Pkcs12Data.filled(identity));
        assertTrue(name(identity).startsWith("jobs-identity-"));
        assertEquals(Map.of(), Pkcs12Data.extra(MAIL, Optional.empty()));
    }

    @Test
    void a_clients_stores_stay_while_what_they_follow_from_does() {
        Secret first = client(PASSWORD, Optional.empty());
        assertTrue(first.getData().keySet().containsAll(Set.of("keystore.p12", "truststore.p12")));
        assertEquals(first.getData(), client(PASSWORD, Optional.of(first)).getData());
        Secret other = client(Optional.of("another"), Optional.of(first));
        assertNotEquals(first.getData().get("keystore.p12"), other.getData().get("keystore.p12"));
        assertFalse(client(Optional.empty(), Optional.of(first)).getData().containsKey("keystore.p12"));
    }

    @Test
    void a_worker_is_told_where_they_are_and_never_the_password() {
        Map<String, String> variables = variables(name(identity(PASSWORD)));
        assertEquals("/var/run/workerpool/identity/keystore.p12", variables.get("WORKERPOOL_KEYSTORE_FILE"));
        assertEquals(
                "/var/run/workerpool/identity/keystore.password", variables.get("WORKERPOOL_KEYSTORE_PASSWORD_FILE"));
        assertEquals("/var/run/workerpool/trust/truststore.p12", variables.get("WORKERPOOL_TRUSTSTORE_FILE"));
        assertFalse(variables.containsValue("change it"));
        assertTrue(variables(name(identity(Optional.empty()))).keySet().stream()
                .noneMatch(name -> name.contains("STORE")));
    }

    private static Map<String, String> variables(String identity) {
        Proven proven = new Proven(
                "jobs-connection-1",
                Optional.of("jobs-trust-1"),
                Optional.of(identity),
                Optional.empty(),
                Optional.empty());
        return new WorkerPod(WorkerPodTest.settings(aWorkerPool()), proven)
                .template().getSpec().getContainers().getFirst().getEnv().stream()
                        .filter(variable -> variable.getValue() != null)
                        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    private Secret identity(Optional<String> password) {
        return BrokerSecrets.identity(broker, PRESENTING, password).orElseThrow();
    }

    private Secret trust(Optional<String> password) {
        return BrokerSecrets.trust(broker, PRESENTING, password).orElseThrow();
    }

    private Secret client(Optional<String> password, Optional<Secret> before) {
        return ClientSecrets.files(
                broker, new Client("web", null), PRESENTING, password, new ClientSecrets.Change(before, NOW));
    }

    private static String name(Secret secret) {
        return secret.getMetadata().getName();
    }
}
