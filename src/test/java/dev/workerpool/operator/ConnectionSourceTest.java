package dev.workerpool.operator;

import static dev.workerpool.testing.builders.ABroker.aBroker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.api.ConfigMapKeyRef;
import dev.workerpool.api.Credentials;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.api.Redis;
import dev.workerpool.api.RedisSentinel;
import dev.workerpool.api.Tls;
import dev.workerpool.api.Trust;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.operator.ConnectionSource.Resolution;
import dev.workerpool.testing.builders.ABroker;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionSourceTest {
    private static final String CA = PrivateCa.create().pem();
    private static final List<X509Certificate> SYSTEM =
            Certificates.parse(PrivateCa.create().pem()).certificates();

    private final Named named = new Named();
    private final ConnectionSource source = new ConnectionSource(named, () -> SYSTEM);

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
        assertEquals("MalformedURL: Secret heroku, key REDIS_URL: the URL must start with redis:// or rediss://", said);
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
    void only_what_the_Broker_names_is_watched_and_nothing_once_it_is_gone() {
        ABroker broker = aBroker().withUrlIn("heroku", "REDIS_URL").withCredentialsIn("auth");
        source.resolve(broker.trustingConfigMap("corp-ca", "ca.crt").build());
        assertEquals(
                Set.of(
                        new Referents.Name(Secret.class, "shop", "heroku"),
                        new Referents.Name(Secret.class, "shop", "auth"),
                        new Referents.Name(ConfigMap.class, "shop", "corp-ca")),
                named.followed);
        source.forget(broker.build());
        assertEquals(Set.of(), named.followed);
    }

    @Test
    void sentinels_have_a_login_and_roots_of_their_own() {
        named.secret("auth", Map.of("password", "s3cret"));
        named.configMap("corp-ca", Map.of("ca.crt", CA));
        var tls = new Tls(
                new Trust(Trust.Source.Bundle, new Trust.Bundle(new ConfigMapKeyRef("corp-ca", "ca.crt"), null)));
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
                named.followed);
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

    private Connection connection(ABroker broker) {
        return assertInstanceOf(Resolution.Resolved.class, source.resolve(broker.build()))
                .connection();
    }

    private String fault(ABroker broker) {
        var unresolved = assertInstanceOf(Resolution.Unresolved.class, source.resolve(broker.build()));
        return unresolved.reason() + ": " + unresolved.message();
    }

    /** Objects that are there, all in one namespace. */
    private static final class Named implements Referents {
        private final Map<String, HasMetadata> objects = new HashMap<>();
        private Set<Name> followed = Set.of();

        void secret(String name, Map<String, String> text) {
            Map<String, String> data = new HashMap<>();
            text.forEach((key, value) ->
                    data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
            put(new SecretBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .withData(data)
                    .build());
        }

        void configMap(String name, Map<String, String> data) {
            put(new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .withData(data)
                    .build());
        }

        void put(HasMetadata object) {
            objects.put(object.getKind() + object.getMetadata().getName(), object);
        }

        @Override
        public void follow(ResourceID broker, Set<Name> names) {
            followed = names;
        }

        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return Optional.ofNullable((Secret) objects.get("Secret" + name));
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return Optional.ofNullable((ConfigMap) objects.get("ConfigMap" + name));
        }
    }
}
