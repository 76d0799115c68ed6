package dev.workerpool.desired;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokerSecretsTest {
    private static final List<X509Certificate> ROOTS =
            Certificates.parse(PrivateCa.create().pem()).certificates();
    private static final Connection PLAIN =
            new Connection(new Endpoint("h", 6379, 0, false), Optional.empty(), List.of());
    private static final Connection TLS = new Connection(
            new Endpoint("redis.example", 6380, 2, true),
            Optional.of(new Login(Optional.of("w"), "p@ss/w:rd +%")),
            ROOTS);
    private static final Connection RABBIT = new Connection(
            new Endpoint("rabbit.example", 5671, 0, true, Optional.of("team/a b")),
            Optional.of(new Login(Optional.of("w"), "p@ss")),
            ROOTS);
    private static final ClientIdentity IDENTITY = AnIdentity.named("mail");

    @Test
    void a_connection_is_given_as_each_framework_takes_it() {
        Secret secret = connection(TLS);
        String uri = "rediss://w:p%40ss%2Fw%3Ard%20%2B%25@redis.example:6380/2";
        assertEquals(uri, value(secret, "uri"));
        assertEquals(
                uri + "?ssl_cert_reqs=required&ssl_ca_certs=/var/run/workerpool/trust/ca.crt&ssl_check_hostname=true",
                value(secret, "celery-url"));
        assertEquals("p@ss/w:rd +%", value(secret, "password"));
        assertEquals("servicebinding.io/redis", secret.getType());
    }

    @Test
    void of_a_RabbitMQ_the_virtual_host_is_told_and_nothing_of_TLS_in_a_URL() {
        Secret secret = connection(RABBIT);
        String uri = "amqps://w:p%40ss@rabbit.example:5671/team%2Fa%20b";
        assertEquals(uri, value(secret, "uri"));
        assertEquals(uri, value(secret, "celery-url"));
        assertEquals("team/a b", value(secret, "virtual-host"));
        assertEquals("rabbitmq", value(secret, "type"));
        assertEquals("servicebinding.io/rabbitmq", secret.getType());
        assertFalse(secret.getData().containsKey("database"));
        assertTrue(BrokerSecrets.code(aBroker().build(), RABBIT).isPresent());
    }

    @Test
    void whom_its_certificate_logs_in_says_so_in_Celery_s_URL_and_who_has_a_password_does_not() {
        Connection external =
                new Connection(RABBIT.endpoint(), Optional.empty(), ROOTS).presenting(Optional.of(IDENTITY));
        assertEquals(
                "amqps://rabbit.example:5671/team%2Fa%20b?login_method=EXTERNAL",
                value(connection(external), "celery-url"));
        assertFalse(value(connection(RABBIT.presenting(Optional.of(IDENTITY))), "celery-url")
                .contains("login_method"));
    }

    @Test
    void without_a_login_there_is_none_in_it() {
        Secret secret = connection(PLAIN);
        assertEquals("redis://h:6379/0", value(secret, "uri"));
        assertEquals("redis://h:6379/0", value(secret, "celery-url"));
        assertEquals(
                Set.of("type", "host", "port", "database", "uri", "celery-url"),
                secret.getData().keySet());
    }

    @Test
    void a_plain_connection_needs_no_trust() {
        assertEquals(Optional.empty(), trust(PLAIN));
    }

    @Test
    void what_it_holds_cannot_change_and_belongs_to_the_broker() {
        for (Secret secret : List.of(connection(TLS), trust(TLS).orElseThrow())) {
            assertTrue(secret.getImmutable());
            assertEquals(
                    "uid-of-jobs",
                    secret.getMetadata().getOwnerReferences().getFirst().getUid());
        }
    }

    @Test
    void equal_connections_have_one_name_and_different_ones_have_two() {
        assertEquals(nameOf(connection(TLS)), nameOf(connection(withPassword(TLS, "p@ss/w:rd +%"))));
        assertNotEquals(nameOf(connection(TLS)), nameOf(connection(withPassword(TLS, "another"))));
        assertNotEquals(nameOf(trust(TLS).orElseThrow()), nameOf(connection(TLS)));
    }

    @Test
    void a_broker_that_was_deleted_and_made_again_has_Secrets_of_its_own() {
        Secret again = BrokerSecrets.connection(aBroker().withUid("another").build(), PLAIN);
        assertNotEquals(nameOf(connection(PLAIN)), nameOf(again));
    }

    static Stream<Connection> connections() {
        return Stream.of(
                PLAIN,
                TLS,
                RABBIT,
                new Connection(new Endpoint("h", 5672, 0, false, Optional.of("/")), Optional.empty(), List.of()),
                new Connection(
                        new Endpoint("::1", 6379, 0, false), Optional.of(new Login(Optional.empty(), "x")), List.of()),
                by(new Verification(Verification.Extent.CA, Optional.empty(), ROOTS)),
                by(new Verification(Verification.Extent.Full, Optional.of("redis.corp"), ROOTS)),
                by(new Verification(Verification.Extent.None, Optional.empty(), List.of())),
                by(new Topology.Cluster()),
                by(new Topology.Sentinel(
                        "mymaster",
                        List.of(new Endpoint("s1", 26379, 0, true), new Endpoint("::1", 26380, 0, true)),
                        Optional.of(new Login(Optional.of("watcher"), "p,w")),
                        ROOTS)),
                by(new Topology.Sentinel("m", List.of(new Endpoint("s1", 1, 0, false)), Optional.empty(), List.of())));
    }

    private static Connection by(Verification verification) {
        return new Connection(TLS.endpoint(), TLS.login(), verification, new Topology.Standalone());
    }

    private static Connection by(Topology topology) {
        return new Connection(TLS.endpoint(), TLS.login(), TLS.verification(), topology);
    }

    @Test
    void with_sentinels_workers_are_given_the_URL_as_it_was_written() {
        var sentinel = new Topology.Sentinel(
                "mymaster", List.of(new Endpoint("s1", 26379, 0, false)), Optional.empty(), List.of());
        assertEquals(value(connection(TLS), "uri"), value(connection(by(sentinel)), "uri"));
        assertEquals("s1:26379", value(connection(by(sentinel)), "sentinel-addresses"));
        assertNotEquals(nameOf(connection(TLS)), nameOf(connection(by(sentinel))));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void what_was_written_is_what_is_read(Connection connection) {
        assertEquals(
                Optional.of(connection), BrokerSecrets.read(Optional.of(connection(connection)), trust(connection)));
    }

    @Test
    void Celery_is_told_how_much_to_verify() {
        Connection none = by(new Verification(Verification.Extent.None, Optional.empty(), List.of()));
        assertTrue(value(connection(none), "celery-url").endsWith("?ssl_cert_reqs=none&ssl_check_hostname=false"));
        Connection chain = by(new Verification(Verification.Extent.CA, Optional.empty(), ROOTS));
        assertTrue(value(connection(chain), "celery-url").contains("ssl_cert_reqs=required"));
        assertTrue(value(connection(chain), "celery-url").endsWith("ssl_check_hostname=false"));
    }

    @Test
    void the_code_for_workers_knows_how_this_broker_is_verified_and_nothing_secret() {
        Connection named = by(new Verification(Verification.Extent.Full, Optional.of("redis.corp"), ROOTS));
        Secret code = BrokerSecrets.code(aBroker().build(), named).orElseThrow();
        assertEquals(
                Set.of(
                        "run.py",
                        "sitecustomize.py",
                        "workerpool_trust.py",
                        "workerpool_signing.py",
                        "workerpool_messages.py",
                        "run.rb",
                        "workerpool_trust.rb",
                        "run.cjs",
                        "workerpool_trust.cjs",
                        "trust.json"),
                code.getData().keySet());
        String json = value(code, "trust.json").replaceAll("\\s", "");
        assertTrue(
                json.contains(
                        "\"verify\":\"Full\",\"serverName\":\"redis.corp\",\"ca\":\"/var/run/workerpool/trust/ca.crt\""),
                json);
        assertTrue(code.getData().keySet().stream()
                .noneMatch(key ->
                        value(code, key).contains(TLS.login().orElseThrow().password())));
        assertEquals(Optional.empty(), BrokerSecrets.code(aBroker().build(), PLAIN));
        assertEquals(Optional.empty(), BrokerSecrets.code(aBroker().build(), by(new Topology.Cluster())));
    }

    @Test
    void an_identity_has_a_Secret_of_its_own_and_is_told_to_code_and_URL() {
        Connection presenting = TLS.presenting(Optional.of(IDENTITY));
        Secret identity = BrokerSecrets.identity(aBroker().build(), presenting, Optional.empty())
                .orElseThrow();
        assertEquals("kubernetes.io/tls", identity.getType());
        assertEquals(Set.of("tls.crt", "tls.key"), identity.getData().keySet());
        assertTrue(nameOf(identity).startsWith("jobs-identity-"));
        assertEquals(
                Optional.of(presenting),
                BrokerSecrets.read(Optional.of(connection(presenting)), trust(presenting), identity));
        assertTrue(
                value(connection(presenting), "celery-url")
                        .endsWith(
                                "&ssl_certfile=/var/run/workerpool/identity/tls.crt&ssl_keyfile=/var/run/workerpool/identity/tls.key"));
        assertTrue(value(BrokerSecrets.code(aBroker().build(), presenting).orElseThrow(), "trust.json")
                .contains("\"certificate\" : \"/var/run/workerpool/identity/tls.crt\""));
        assertEquals(Optional.empty(), BrokerSecrets.identity(aBroker().build(), TLS, Optional.empty()));
    }

    @Test
    void a_connection_whose_identity_cannot_be_read_is_not_one_without() {
        Connection presenting = TLS.presenting(Optional.of(IDENTITY));
        Secret spoilt = new SecretBuilder(BrokerSecrets.identity(aBroker().build(), presenting, Optional.empty())
                        .orElseThrow())
                .addToData("tls.key", "bm8=")
                .build();
        assertEquals(
                Optional.empty(), BrokerSecrets.read(Optional.of(connection(presenting)), trust(presenting), spoilt));
    }

    @Test
    void a_TLS_connection_whose_roots_are_gone_is_not_read_as_a_plain_one() {
        assertEquals(Optional.empty(), BrokerSecrets.read(Optional.of(connection(TLS)), Optional.empty()));
    }

    private static Connection withPassword(Connection of, String password) {
        return new Connection(of.endpoint(), Optional.of(new Login(Optional.of("w"), password)), of.roots());
    }

    private static Secret connection(Connection connection) {
        return BrokerSecrets.connection(aBroker().build(), connection);
    }

    private static Optional<Secret> trust(Connection connection) {
        return BrokerSecrets.trust(aBroker().build(), connection, Optional.empty());
    }

    private static String nameOf(Secret secret) {
        return secret.getMetadata().getName();
    }

    private static String value(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }
}
