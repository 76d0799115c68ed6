package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerSpec;
import dev.workerpool.api.Credentials;
import dev.workerpool.api.Redis;
import dev.workerpool.api.RedisSentinel;
import dev.workerpool.api.SecretKeyRef;
import dev.workerpool.api.Tls;
import dev.workerpool.api.Trust;
import dev.workerpool.broker.BrokerUri;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together the connection that a Broker asks for, from its spec and the objects it names. */
final class ConnectionSource {
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";

    private final Referents referents;
    private final Supplier<List<X509Certificate>> systemRoots;

    /** @param systemRoots asked for once there is a broker with TLS */
    ConnectionSource(Referents referents, Supplier<List<X509Certificate>> systemRoots) {
        this.referents = referents;
        this.systemRoots = systemRoots;
    }

    /** What there is to connect with. */
    sealed interface Resolution {
        record Resolved(Connection connection) implements Resolution {}

        /** Cannot be tried: a condition's reason and message. */
        record Unresolved(String reason, String message) implements Resolution {}
    }

    /** Says why there is no connection; caught in {@link #resolve}, never seen outside. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Fault(String reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }
    }

    Resolution resolve(Broker broker) {
        referents.follow(ResourceID.fromResource(broker), names(broker));
        try {
            return new Resolution.Resolved(connection(broker));
        } catch (Fault fault) {
            return new Resolution.Unresolved(fault.reason, Objects.requireNonNull(fault.getMessage()));
        }
    }

    void forget(Broker broker) {
        referents.follow(ResourceID.fromResource(broker), Set.of());
    }

    private Connection connection(Broker broker) throws Fault {
        String namespace = broker.getMetadata().getNamespace();
        BrokerSpec spec = broker.getSpec();
        BrokerUri.Parsed uri = uri(namespace, spec);
        if (spec.tls() != null && !uri.endpoint().tls()) {
            throw new Fault(
                    "TlsRequired", "tls is set but the URL is redis://, which is not encrypted: write rediss://");
        }
        Optional<Login> login = spec.credentials() == null
                ? login(uri)
                : Optional.of(login(namespace, spec.credentials().secretRef().name(), uri.username()));
        return new Connection(
                uri.endpoint(),
                login,
                uri.endpoint().tls() ? roots(namespace, spec.tls(), "tls") : List.of(),
                topology(namespace, spec.redis(), uri.endpoint()));
    }

    private Topology topology(String namespace, @Nullable Redis redis, Endpoint endpoint) throws Fault {
        if (redis == null || redis.topology() == null) {
            return new Topology.Standalone();
        }
        return switch (redis.topology()) {
            case Sentinel -> sentinel(namespace, Objects.requireNonNull(redis.sentinel()));
            case Cluster -> {
                if (endpoint.database() != 0) {
                    throw new Fault(
                            "MalformedURL",
                            "a Redis Cluster has no database but 0: leave the number %d out of the URL"
                                    .formatted(endpoint.database()));
                }
                yield new Topology.Cluster();
            }
            case Standalone -> new Topology.Standalone();
        };
    }

    private Topology sentinel(String namespace, RedisSentinel spec) throws Fault {
        boolean tls = spec.tls() != null;
        List<Endpoint> at = spec.addresses().stream()
                .map(address -> Endpoint.at(address, tls))
                .toList();
        Optional<Login> login = spec.credentials() == null
                ? Optional.empty()
                : Optional.of(login(namespace, spec.credentials().secretRef().name(), Optional.empty()));
        return new Topology.Sentinel(
                spec.masterName(), at, login, tls ? roots(namespace, spec.tls(), "redis.sentinel.tls") : List.of());
    }

    private BrokerUri.Parsed uri(String namespace, BrokerSpec spec) throws Fault {
        SecretKeyRef ref = spec.url().secretKeyRef();
        String url = ref == null ? Objects.requireNonNullElse(spec.url().value(), "") : text(namespace, ref);
        return switch (BrokerUri.parse(url)) {
            case BrokerUri.Parsed parsed -> parsed;
            case BrokerUri.Malformed malformed ->
                throw new Fault(
                        "MalformedURL",
                        (ref == null ? "spec.url.value: " : "Secret " + ref.name() + ", key " + ref.key() + ": ")
                                + malformed.why());
        };
    }

    /** A user without a password would otherwise be somebody else: whoever connects without a login. */
    private static Optional<Login> login(BrokerUri.Parsed uri) throws Fault {
        if (uri.username().isPresent() && uri.login().isEmpty()) {
            throw new Fault(
                    "PasswordMissing",
                    "the URL names a user but no password: give it in credentials, or the whole URL in a Secret");
        }
        return uri.login();
    }

    private Login login(String namespace, String secretName, Optional<String> otherwise) throws Fault {
        Secret secret = secret(namespace, secretName);
        Optional<String> username = value(secret, USERNAME).filter(name -> !name.isEmpty());
        return new Login(username.or(() -> otherwise), required(secret, PASSWORD));
    }

    private List<X509Certificate> roots(String namespace, @Nullable Tls tls, String field) throws Fault {
        Trust.Bundle bundle = tls == null ? null : tls.trust().bundle();
        if (bundle == null) {
            return systemRoots.get();
        }
        Certificates.Parsed parsed = Certificates.parse(bundleText(namespace, bundle));
        if (parsed.fault().isPresent()) {
            throw new Fault(
                    "BundleUnreadable",
                    field + ".trust.bundle: " + parsed.fault().get());
        }
        // The private ones first: a person who looks at the file sees them.
        Set<X509Certificate> roots = new LinkedHashSet<>(parsed.certificates());
        roots.addAll(systemRoots.get());
        return new ArrayList<>(roots);
    }

    private String bundleText(String namespace, Trust.Bundle bundle) throws Fault {
        SecretKeyRef inSecret = bundle.secretKeyRef();
        if (inSecret != null) {
            return text(namespace, inSecret);
        }
        var ref = Objects.requireNonNull(bundle.configMapKeyRef());
        ConfigMap configMap = referents
                .configMap(namespace, ref.name())
                .orElseThrow(() -> new Fault("ConfigMapNotFound", "there is no ConfigMap " + ref.name()));
        return Optional.ofNullable(configMap.getData())
                .map(data -> data.get(ref.key()))
                .orElseThrow(
                        () -> new Fault("ConfigMapKeyMissing", "ConfigMap " + ref.name() + " has no key " + ref.key()));
    }

    private String text(String namespace, SecretKeyRef ref) throws Fault {
        return required(secret(namespace, ref.name()), ref.key());
    }

    private Secret secret(String namespace, String name) throws Fault {
        return referents
                .secret(namespace, name)
                .orElseThrow(() -> new Fault("SecretNotFound", "there is no Secret " + name));
    }

    private static String required(Secret secret, String key) throws Fault {
        return value(secret, key)
                .orElseThrow(() -> new Fault(
                        "SecretKeyMissing", "Secret " + secret.getMetadata().getName() + " has no key " + key));
    }

    private static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).strip());
    }

    private static Set<Referents.Name> names(Broker broker) {
        String namespace = broker.getMetadata().getNamespace();
        BrokerSpec spec = broker.getSpec();
        Set<Referents.Name> names = new LinkedHashSet<>();
        if (spec.url().secretKeyRef() != null) {
            names.add(new Referents.Name(
                    Secret.class, namespace, spec.url().secretKeyRef().name()));
        }
        names.addAll(names(namespace, spec.credentials(), spec.tls()));
        if (spec.redis() != null && spec.redis().sentinel() != null) {
            RedisSentinel sentinel = spec.redis().sentinel();
            names.addAll(names(namespace, sentinel.credentials(), sentinel.tls()));
        }
        return names;
    }

    private static Set<Referents.Name> names(String namespace, @Nullable Credentials credentials, @Nullable Tls tls) {
        Set<Referents.Name> names = new LinkedHashSet<>();
        if (credentials != null) {
            names.add(new Referents.Name(
                    Secret.class, namespace, credentials.secretRef().name()));
        }
        Trust.Bundle bundle = tls == null ? null : tls.trust().bundle();
        if (bundle != null && bundle.secretKeyRef() != null) {
            names.add(new Referents.Name(
                    Secret.class, namespace, bundle.secretKeyRef().name()));
        }
        if (bundle != null && bundle.configMapKeyRef() != null) {
            names.add(new Referents.Name(
                    ConfigMap.class, namespace, bundle.configMapKeyRef().name()));
        }
        return names;
    }
}
