package dev.workerpool.desired;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.broker.Verification.Extent;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientSecretsTest {
    private static final Broker JOBS = aBroker().build();
    private static final Client WEB = new Client("web", null);
    private static final String DIR = "/var/run/workerpool/client";
    private static final X509Certificate PUBLIC = authority();
    private static final X509Certificate PRIVATE = authority();
    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");
    private static final Connection TLS = new Connection(
            new Endpoint("redis.example", 6380, 2, true),
            Optional.of(new Login(Optional.of("w"), "p@ss")),
            List.of(PUBLIC, PRIVATE));
    private static final Connection PLAIN =
            new Connection(new Endpoint("redis.example", 6379, 0, false), Optional.empty(), List.of());

    @Test
    void a_client_finds_all_in_one_folder_in_the_layout_of_the_Service_Binding_specification() {
        Secret secret = files(TLS);
        assertEquals("jobs-web", secret.getMetadata().getName());
        assertEquals("servicebinding.io/redis", secret.getType());
        assertEquals("redis", value(secret, "type"));
        assertEquals("workerpool.dev", value(secret, "provider"));
        assertEquals("redis.example", value(secret, "host"));
        assertEquals("6380", value(secret, "port"));
        assertEquals("2", value(secret, "database"));
        assertEquals("w", value(secret, "username"));
        assertEquals("p@ss", value(secret, "password"));
        assertEquals("rediss://w:p%40ss@redis.example:6380/2", value(secret, "uri"));
        assertEquals(
                value(secret, "uri") + "?ssl_cert_reqs=required&ssl_ca_certs=" + DIR
                        + "/ca.crt&ssl_check_hostname=true",
                value(secret, "celery-url"));
        assertEquals(
                List.of(PUBLIC, PRIVATE),
                Certificates.parse(value(secret, "ca.crt")).certificates());
        assertEquals(DIR + "/trust.json", value(secret, "trust-file"));
        assertTrue(value(secret, "trust.json").contains("\"ca\" : \"" + DIR + "/ca.crt\""));
        assertTrue(secret.getData().keySet().containsAll(List.of("run.py", "run.rb", "run.cjs")));
    }

    @Test
    void without_TLS_the_code_is_there_and_not_told_of_any_broker() {
        Secret secret = files(PLAIN);
        assertEquals("redis://redis.example:6379/0", value(secret, "uri"));
        assertTrue(secret.getData().containsKey("run.rb"));
        assertFalse(secret.getData().containsKey("trust.json"));
        assertFalse(secret.getData().containsKey("trust-file"));
        assertFalse(secret.getData().containsKey("ca.crt"));
    }

    @Test
    void behind_sentinels_the_code_is_not_told_of_any_broker() {
        Secret secret = files(new Connection(TLS.endpoint(), TLS.login(), TLS.verification(), new Topology.Cluster()));
        assertFalse(secret.getData().containsKey("trust-file"));
        assertTrue(secret.getData().containsKey("ca.crt"));
    }

    @Test
    void what_was_pinned_alone_verifies_the_broker() {
        Connection pinned =
                TLS.trusting(new Verification(Extent.Full, Optional.empty(), List.of(PRIVATE), List.of(PUBLIC)));
        assertTrue(value(files(pinned), "trust.json").contains(DIR + "/broker.crt"));
        assertEquals(
                List.of(PRIVATE),
                Certificates.parse(value(files(pinned), "broker.crt")).certificates());
    }

    @Test
    void a_client_certificate_lies_in_the_same_folder_and_can_be_no_variable() {
        Connection presenting = TLS.presenting(Optional.of(AnIdentity.named("web")));
        Secret secret = files(presenting);
        assertTrue(value(secret, "tls.crt").contains("BEGIN CERTIFICATE"));
        assertTrue(value(secret, "tls.key").contains("PRIVATE KEY"));
        assertTrue(value(secret, "trust.json").contains(DIR + "/tls.key"));
        assertTrue(value(secret, "celery-url")
                .endsWith("&ssl_certfile=" + DIR + "/tls.crt&ssl_keyfile=" + DIR + "/tls.key"));
        assertEquals(Optional.empty(), environment(presenting));
    }

    @Test
    void it_can_change_belongs_to_the_broker_and_is_known_among_its_Secrets() {
        for (Secret secret : List.of(files(TLS), environment(TLS).orElseThrow())) {
            assertNull(secret.getImmutable());
            assertEquals(
                    "uid-of-jobs",
                    secret.getMetadata().getOwnerReferences().getFirst().getUid());
            assertTrue(ClientSecrets.isOne(secret));
        }
        assertFalse(ClientSecrets.isOne(BrokerSecrets.connection(JOBS, TLS)));
    }

    @Test
    void a_Python_client_verifies_by_variables_alone_with_the_authorities_that_no_image_knows() {
        Map<String, String> variables = data(environment(TLS).orElseThrow());
        String uri = "rediss://w:p%40ss@redis.example:6380/2";
        assertEquals(uri, variables.get("WORKERPOOL_BROKER_URL"));
        assertEquals("WORKERPOOL_BROKER_URL", variables.get("REDIS_PROVIDER"));
        String pem = variables.getOrDefault("WORKERPOOL_BROKER_CA", "");
        assertEquals(List.of(PRIVATE), Certificates.parse(pem).certificates());
        String celery = variables.getOrDefault("CELERY_BROKER_URL", "");
        assertEquals(
                uri + "?ssl_cert_reqs=required&ssl_ca_data=" + pem + "&ssl_check_hostname=true",
                URLDecoder.decode(celery, StandardCharsets.UTF_8).replace("p@ss", "p%40ss"));
        assertEquals(celery, variables.get("RQ_REDIS_URL"));
        assertFalse(variables.containsKey("REDIS_URL"), "that may be the app's cache");
    }

    @Test
    void authorities_that_every_image_knows_need_no_variable_and_too_many_get_none() {
        assertFalse(data(environment(verified(Extent.Full, List.of(PUBLIC))).orElseThrow())
                .containsKey("WORKERPOOL_BROKER_CA"));
        List<X509Certificate> many =
                IntStream.range(0, 60).mapToObj(ignored -> authority()).toList();
        Map<String, String> variables =
                data(environment(verified(Extent.Full, many)).orElseThrow());
        assertTrue(variables.values().stream().allMatch(value -> value.length() < 1000));
        assertTrue(variables.getOrDefault("RQ_REDIS_URL", "").contains("ssl_cert_reqs=required"));
    }

    @Test
    void variables_never_ask_for_less_than_the_broker_says_and_where_they_cannot_there_are_none() {
        assertTrue(url(verified(Extent.CA, List.of(PRIVATE))).endsWith("&ssl_check_hostname=false"));
        assertTrue(url(verified(Extent.CA, List.of(PRIVATE))).contains("?ssl_cert_reqs=required&"));
        assertTrue(url(verified(Extent.None, List.of())).endsWith("?ssl_cert_reqs=none&ssl_check_hostname=false"));
        assertEquals("redis://redis.example:6379/0", url(PLAIN));
        Verification pinned = new Verification(Extent.Full, Optional.empty(), List.of(PRIVATE), List.of(PUBLIC));
        Verification named = new Verification(Extent.Full, Optional.of("redis.corp"), List.of(PRIVATE));
        Stream.of(pinned, named)
                .forEach(verification -> assertEquals(Optional.empty(), environment(TLS.trusting(verification))));
    }

    @Test
    void it_says_since_when_its_content_holds_whatever_else_changes() {
        Secret first = files(TLS);
        assertEquals(Optional.of(NOW), ClientSecrets.since(first));
        Secret byAnotherOperator =
                new SecretBuilder(first).addToData("run.py", "").build();
        Instant later = NOW.plusSeconds(60);
        assertEquals(Optional.of(NOW), ClientSecrets.since(after(byAnotherOperator, TLS, later)));
        assertEquals(Optional.of(later), ClientSecrets.since(after(first, PLAIN, later)));
        assertNotEquals(rendered(first), rendered(after(first, PLAIN, later)));
        Secret meddledWith = new SecretBuilder(first)
                .editMetadata()
                .addToAnnotations("workerpool.dev/content-since", "yesterday")
                .endMetadata()
                .build();
        assertEquals(Optional.of(later), ClientSecrets.since(after(meddledWith, TLS, later)));
    }

    private static Secret after(Secret before, Connection connection, Instant now) {
        return ClientSecrets.files(
                JOBS, WEB, connection, Optional.empty(), new ClientSecrets.Change(Optional.of(before), now));
    }

    private static Secret files(Connection connection) {
        return ClientSecrets.files(
                JOBS, WEB, connection, Optional.empty(), new ClientSecrets.Change(Optional.empty(), NOW));
    }

    private static Optional<Secret> environment(Connection connection) {
        return ClientSecrets.environment(
                JOBS, WEB, connection, List.of(PUBLIC), new ClientSecrets.Change(Optional.empty(), NOW));
    }

    private static String url(Connection connection) {
        return value(environment(connection).orElseThrow(), "CELERY_BROKER_URL");
    }

    private static Connection verified(Extent extent, List<X509Certificate> roots) {
        return TLS.trusting(new Verification(extent, Optional.empty(), roots));
    }

    private static Optional<String> rendered(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations().get(Labels.RENDERED));
    }

    private static X509Certificate authority() {
        return Certificates.parse(PrivateCa.create().pem()).certificates().getFirst();
    }

    private static String value(Secret secret, String key) {
        return data(secret).getOrDefault(key, "");
    }

    private static Map<String, String> data(Secret secret) {
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }
}
