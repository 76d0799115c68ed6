package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.ConfigMapKeyRef;
import dev.workerpool.api.Credentials;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.api.Redis;
import dev.workerpool.api.RedisSentinel;
import dev.workerpool.api.SentinelTls;
import dev.workerpool.api.Tls;
import dev.workerpool.api.Trust;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.operator.ConnectionSource.Resolution;
import dev.workerpool.testing.builders.ABroker;
import dev.workerpool.testing.builders.AnIdentity;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionSourceTest {
    private static final String CA = PrivateCa.create().pem();
    private static final PrivateCa CLIENTS = PrivateCa.create();
    private static final List<X509Certificate> SYSTEM =
            Certificates.parse(PrivateCa.create().pem()).certificates();

    private final NamedInMemory named = new NamedInMemory();
    private final ConnectionSource source = new ConnectionSource(named, () -> SYSTEM, Clock.systemUTC());

    @Test
    void a_URL_in_the_spec_is_enough() {
        Connection connection = connection(aBroker().withUrl("redis://h:7000/1"));
        assertEquals("h:7000", connection.endpoint().hostAndPort());
        assertEquals(List.of(), connection.roots());
    }

    @Test
    void a_URL_in_a_Secret_may_hold_the_login() {
        named.secret("heroku", Map.of("REDIS_URL", "rediss://me:hunter2@h\n"));
        Connection connection = connection(aBroker().withUrlIn("heroku", "REDIS_URL"));
        assertEquals(Optional.of(new Login(Optional.of("me"), "hunter2")), connection.login());
        assertEquals(SYSTEM, connection.roots());
    }

    @Test
    void a_Secret_that_is_not_there_is_named() {
        assertEquals(
                "SecretNotFound: there is no Secret heroku", fault(aBroker().withUrlIn("heroku", "REDIS_URL")));
    }

    @Test
    void a_key_that_is_not_there_is_named() {
        named.secret("heroku", Map.of("URL", "redis://h"));
        assertEquals(
                "SecretKeyMissing: Secret heroku has no key REDIS_URL",
                fault(aBroker().withUrlIn("heroku", "REDIS_URL")));
    }

    @Test
    void an_empty_Secret_has_no_key() {
        named.put(new SecretBuilder()
                .withNewMetadata()
                .withName("heroku")
                .endMetadata()
                .build());
        assertEquals(
                "SecretKeyMissing: Secret heroku has no key REDIS_URL",
                fault(aBroker().withUrlIn("heroku", "REDIS_URL")));
    }

    @Test
    void a_malformed_URL_is_told_by_where_it_stands_and_never_quoted() {
        named.secret("heroku", Map.of("REDIS_URL", "http://me:hunter2@h"));
        String said = fault(aBroker().withUrlIn("heroku", "REDIS_URL"));
        assertEquals(
                "MalformedURL: Secret heroku, key REDIS_URL: the URL must start with redis://, rediss://, amqp:// or amqps://",
                said);
        assertFalse(said.contains("hunter2"));
    }

    @Test
    void credentials_rule_over_those_in_the_URL() {
        named.secret("auth", Map.of("username", "other", "password", "s3cret\n"));
        named.secret("heroku", Map.of("REDIS_URL", "redis://me:hunter2@h"));
        ABroker broker = aBroker().withUrlIn("heroku", "REDIS_URL").withCredentialsIn("auth");
        assertEquals(
                Optional.of(new Login(Optional.of("other"), "s3cret")),
                connection(broker).login());
    }

    @Test
    void a_user_in_the_URL_goes_with_a_password_from_credentials() {
        named.secret("auth", Map.of("password", "s3cret"));
        ABroker broker = aBroker().withUrl("redis://me@h").withCredentialsIn("auth");
        assertEquals(
                Optional.of(new Login(Optional.of("me"), "s3cret")),
                connection(broker).login());
    }

    @Test
    void a_user_without_any_password_is_not_taken_for_nobody() {
        assertEquals(
                "PasswordMissing: the URL names a user but no password: give it in credentials, or the whole URL in a Secret",
                fault(aBroker().withUrl("redis://me@h")));
    }

    @Test
    void credentials_without_a_password_are_none() {
        named.secret("auth", Map.of("username", "me"));
        assertEquals(
                "SecretKeyMissing: Secret auth has no key password",
                fault(aBroker().withCredentialsIn("auth")));
    }

    @Test
    void a_client_certificate_comes_from_its_Secret_and_is_followed() {
        Leaf mail = CLIENTS.client("mail");
        named.secret("mtls", Map.of("tls.crt", mail.certificatePem(), "tls.key", mail.keyPem()));
        assertEquals(
                Optional.of(AnIdentity.of(mail)),
                connection(aBroker().withUrl("rediss://h").presenting("mtls")).identity());
        assertEquals(Set.of(new Referents.Name(Secret.class, "shop", "mtls")), named.followed());
    }

    @Test
    void a_client_certificate_that_cannot_be_used_is_told_by_its_Secret() {
        Leaf mail = CLIENTS.client("mail");
        ABroker broker = aBroker().withUrl("rediss://h").presenting("mtls");
        assertEquals("SecretNotFound: there is no Secret mtls", fault(broker));
        named.secret("mtls", Map.of("tls.crt", mail.certificatePem()));
        assertEquals("SecretKeyMissing: Secret mtls has no key tls.key", fault(broker));
        named.secret("mtls", Map.of("tls.crt", mail.certificatePem(), "tls.key", "hunter2"));
        assertEquals(
                "ClientCertificateUnreadable: Secret mtls: tls.key: it holds no private key in PEM (BEGIN PRIVATE KEY)",
                fault(broker));
        named.secret(
                "mtls",
                Map.of(
                        "tls.crt",
                        mail.certificatePem(),
                        "tls.key",
                        CLIENTS.client("mail").keyPem()));
        assertTrue(fault(broker).startsWith("ClientKeyMismatch: Secret mtls: the key in tls.key is not that of "));
        Leaf former = CLIENTS.clientFor("mail", Duration.ofHours(-1));
        named.secret("mtls", Map.of("tls.crt", former.certificatePem(), "tls.key", former.keyPem()));
        assertTrue(fault(broker)
                .startsWith("ClientCertificateExpired: Secret mtls: the client certificate CN=mail (SHA-256 "));
    }

    @Test
    void a_bundle_vouches_beside_the_system_s_roots() {
        named.configMap("corp-ca", Map.of("ca.crt", CA));
        List<X509Certificate> roots = connection(aBroker().withUrl("rediss://h").trustingConfigMap("corp-ca", "ca.crt"))
                .roots();
        assertEquals(Certificates.parse(CA).certificates().getFirst(), roots.getFirst());
        assertEquals(SYSTEM, roots.subList(1, roots.size()));
    }

    @Test
    void a_bundle_that_is_missing_or_empty_is_told() {
        ABroker broker = aBroker().withUrl("rediss://h").trustingConfigMap("corp-ca", "ca.crt");
        assertEquals("ConfigMapNotFound: there is no ConfigMap corp-ca", fault(broker));
        named.configMap("corp-ca", Map.of("ca.pem", CA));
        assertEquals("ConfigMapKeyMissing: ConfigMap corp-ca has no key ca.crt", fault(broker));
        named.configMap("corp-ca", Map.of("ca.crt", "to be done"));
        assertEquals(
                "BundleUnreadable: tls.trust.bundle: the bundle holds no certificate in PEM (BEGIN CERTIFICATE)",
                fault(broker));
    }

    @Test
    void who_asks_for_TLS_is_never_given_a_plain_connection() {
        named.secret("heroku", Map.of("REDIS_URL", "redis://me:hunter2@h"));
        assertEquals(
                "TlsRequired: tls is set but the URL is redis://, which is not encrypted: write rediss://",
                fault(aBroker().withUrlIn("heroku", "REDIS_URL").trustingSystemRoots()));
    }

    @Test
    void less_than_everything_is_verified_where_that_is_asked_for() {
        ABroker broker = aBroker().withUrl("rediss://h");
        assertEquals(
                new Verification(Verification.Extent.CA, Optional.empty(), SYSTEM),
                connection(broker.verified(Tls.Verify.CA, null)).verification());
        assertEquals(
                new Verification(Verification.Extent.Full, Optional.of("redis.corp"), SYSTEM),
                connection(broker.verified(Tls.Verify.Full, "redis.corp")).verification());
        assertEquals(
                new Verification(Verification.Extent.None, Optional.empty(), List.of()),
                connection(broker.verified(Tls.Verify.None, null)).verification());
    }

    @Test
    void who_was_proven_with_TLS_never_goes_back_to_plain() {
        named.secret("heroku", Map.of("REDIS_URL", "redis://me:hunter2@h"));
        ABroker broker = aBroker().withUrlIn("heroku", "REDIS_URL");
        assertEquals("h:6379", connection(broker).endpoint().hostAndPort());
        String said = fault(
                broker.proven(new BrokerStatus.Proven("c", "t", null, null, null, null, null, "2026-01-01T00:00:00Z")));
        assertTrue(said.startsWith("PlainRefused: "), said);
        assertFalse(said.contains("hunter2"));
    }

    @Test
    void a_RabbitMQ_has_a_virtual_host_and_its_passwords_have_users() {
        assertEquals(
                new Endpoint("h", 5671, 0, true, Optional.of("team")),
                connection(aBroker().withUrl("amqps://h/team")).endpoint());
        named.secret("auth", Map.of("password", "hunter2"));
        assertTrue(
                fault(aBroker().withUrl("amqp://h").withCredentialsIn("auth")).startsWith("UserMissing: "));
        assertEquals(
                Optional.of("me"),
                connection(aBroker().withUrl("amqp://me@h").withCredentialsIn("auth"))
                        .login()
                        .orElseThrow()
                        .username());
    }

    @Test
    void what_was_proven_as_a_Redis_becomes_no_RabbitMQ() {
        BrokerStatus.Proven redis =
                new BrokerStatus.Proven("c", null, null, null, null, null, null, "2026-01-01T00:00:00Z");
        String said = fault(aBroker().withUrl("amqp://h").proven(redis));
        assertTrue(said.startsWith("ProtocolChanged: "), said);
        BrokerStatus.Proven rabbit =
                new BrokerStatus.Proven("c", null, null, null, null, null, "AMQP", "2026-01-01T00:00:00Z");
        assertEquals(
                "h:5672",
                connection(aBroker().withUrl("amqp://h").proven(rabbit))
                        .endpoint()
                        .hostAndPort());
        assertTrue(fault(aBroker().withUrl("redis://h").proven(rabbit)).startsWith("ProtocolChanged: "));
    }

    @Test
    void only_what_the_Broker_names_is_watched_and_nothing_once_it_is_gone() {
        ABroker broker = aBroker().withUrlIn("heroku", "REDIS_URL").withCredentialsIn("auth");
        source.resolve(broker.trustingConfigMap("corp-ca", "ca.crt").build());
        assertEquals(
                Set.of(
                        new Referents.Name(Secret.class, "shop", "heroku"),
                        new Referents.Name(Secret.class, "shop", "auth"),
                        new Referents.Name(ConfigMap.class, "shop", "corp-ca")),
                named.followed());
        source.forget(broker.build());
        assertEquals(Set.of(), named.followed());
    }

    @Test
    void sentinels_have_a_login_and_roots_of_their_own() {
        named.secret("auth", Map.of("password", "s3cret"));
        named.configMap("corp-ca", Map.of("ca.crt", CA));
        var tls = new SentinelTls(new SentinelTls.Trusted(
                SentinelTls.Source.Bundle, new Trust.Bundle(new ConfigMapKeyRef("corp-ca", "ca.crt"), null)));
        var sentinel = new RedisSentinel(
                "mymaster", List.of("s1:26379", "[fd00::1]:26380"), new Credentials(new ObjectRef("auth")), tls);
        Connection connection =
                connection(aBroker().withUrl("redis://h/2").withRedis(new Redis(Redis.Topology.Sentinel, sentinel)));
        var topology = assertInstanceOf(Topology.Sentinel.class, connection.topology());
        assertEquals(
                List.of(new Endpoint("s1", 26379, 0, true), new Endpoint("fd00::1", 26380, 0, true)), topology.at());
        assertEquals(Optional.of(new Login(Optional.empty(), "s3cret")), topology.login());
        assertEquals(
                Certificates.parse(CA).certificates().getFirst(),
                topology.roots().getFirst());
        assertEquals(Optional.empty(), connection.login());
        assertEquals(
                Set.of(
                        new Referents.Name(Secret.class, "shop", "auth"),
                        new Referents.Name(ConfigMap.class, "shop", "corp-ca")),
                named.followed());
    }

    @Test
    void a_cluster_has_one_database_however_its_URL_is_given() {
        named.secret("heroku", Map.of("REDIS_URL", "redis://h/3", "ZERO", "redis://h/0"));
        var cluster = new Redis(Redis.Topology.Cluster, null);
        assertEquals(
                "MalformedURL: a Redis Cluster has no database but 0: leave the number 3 out of the URL",
                fault(aBroker().withUrlIn("heroku", "REDIS_URL").withRedis(cluster)));
        assertEquals(
                new Topology.Cluster(),
                connection(aBroker().withUrlIn("heroku", "ZERO").withRedis(cluster))
                        .topology());
    }

    @Test
    void the_password_of_keystores_comes_from_its_Secret_and_must_be_one_that_can_be_used() {
        Leaf mail = CLIENTS.client("mail");
        named.secret("mtls", Map.of("tls.crt", mail.certificatePem(), "tls.key", mail.keyPem()));
        ABroker broker = aBroker().withUrl("rediss://h").presenting("mtls").inPkcs12("stores", "password");
        assertEquals("SecretNotFound: there is no Secret stores", fault(broker));
        named.secret("stores", Map.of("password", "größer"));
        assertEquals(
                "KeystorePasswordUnusable: Secret stores, key password: a keystore's password must be printable ASCII, and not empty",
                fault(broker));
        named.secret("stores", Map.of("password", "change it\n"));
        connection(broker);
        assertEquals(Optional.of("change it"), source.keystorePassword(broker.build()));
        assertTrue(named.followed().contains(new Referents.Name(Secret.class, "shop", "stores")));
    }

    private Connection connection(ABroker broker) {
        return assertInstanceOf(Resolution.Resolved.class, source.resolve(broker.build()))
                .connection();
    }

    private String fault(ABroker broker) {
        var unresolved = assertInstanceOf(Resolution.Unresolved.class, source.resolve(broker.build()));
        return unresolved.reason() + ": " + unresolved.message();
    }
}
