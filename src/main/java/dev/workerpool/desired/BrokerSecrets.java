package dev.workerpool.desired;

import dev.workerpool.api.Api;
import dev.workerpool.api.Broker;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Protocol;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets through which a broker's pools reach it: immutable, and named by their content, so that a change is a
 * new Secret, and a pod that restarts keeps what it was started with.
 */
public final class BrokerSecrets {
    public static final String CONNECTION = "connection";
    public static final String TRUST = "trust";
    public static final String CODE = "code";
    public static final String IDENTITY = "identity";
    private static final String BINDING_TYPE = "servicebinding.io/";
    private static final String VIRTUAL_HOST = "virtual-host";

    private BrokerSecrets() {}

    /** The connection in the layout of the Service Binding specification, and as each framework takes it. */
    public static Secret connection(Broker broker, Connection connection) {
        return new SecretBuilder(secret(broker, CONNECTION, data(connection, Mounted.IN_WORKERS)))
                .withType(bindingType(connection))
                .build();
    }

    static Map<String, String> data(Connection connection, Mounted where) {
        Endpoint endpoint = connection.endpoint();
        String uri = uri(connection);
        Map<String, String> data = new TreeMap<>();
        data.put("type", kind(endpoint.protocol()));
        data.put("host", endpoint.host());
        data.put("port", String.valueOf(endpoint.port()));
        endpoint.virtualHost()
                .ifPresentOrElse(
                        name -> data.put(VIRTUAL_HOST, name),
                        () -> data.put("database", String.valueOf(endpoint.database())));
        data.put(ConnectionKeys.URI, uri);
        data.put(ConnectionKeys.CELERY_URL, celeryUrl(connection, uri, where));
        connection.login().ifPresent(login -> {
            login.username().ifPresent(username -> data.put("username", username));
            data.put("password", login.password());
        });
        data.putAll(TopologyData.of(connection.topology()));
        return data;
    }

    /** By the Service Binding specification. */
    private static String kind(Protocol protocol) {
        return switch (protocol) {
            case Redis -> "redis";
            case AMQP -> "rabbitmq";
        };
    }

    static String bindingType(Connection connection) {
        return BINDING_TYPE + kind(connection.endpoint().protocol());
    }

    static boolean isBindingType(@Nullable String type) {
        return type != null && type.startsWith(BINDING_TYPE);
    }

    /** Over AMQP kombu takes no word of TLS in a URL: the mounted code alone makes a worker verify. */
    private static String celeryUrl(Connection connection, String uri, Mounted where) {
        boolean tls = connection.endpoint().tls();
        return switch (connection.endpoint().protocol()) {
            case Redis -> tls ? uri + TrustData.celeryParameters(connection, where) : uri;
            case AMQP ->
                tls && connection.identity().isPresent() && connection.login().isEmpty()
                        ? uri + "?login_method=EXTERNAL"
                        : uri;
        };
    }

    /** How the broker is verified, with all roots in one file: a program told of this file looks at no other. */
    public static Optional<Secret> trust(Broker broker, Connection connection, Optional<String> keystorePassword) {
        if (!connection.endpoint().tls()) {
            return Optional.empty();
        }
        Map<String, String> data = new TreeMap<>(TrustData.of(connection.verification()));
        data.putAll(Pkcs12Data.of(keystorePassword));
        return Optional.of(secret(broker, TRUST, data));
    }

    /** What the broker is presented where it asks for a client certificate. */
    public static Optional<Secret> identity(Broker broker, Connection connection, Optional<String> keystorePassword) {
        String name = keystorePassword.isPresent() ? Pkcs12Data.NAME : IDENTITY;
        return connection
                .identity()
                .map(identity -> {
                    Map<String, String> data = new TreeMap<>(IdentityData.of(identity));
                    data.putAll(Pkcs12Data.of(keystorePassword));
                    return data;
                })
                .map(data -> new SecretBuilder(secret(broker, IDENTITY, name, data))
                        .editMetadata()
                        .addToAnnotations(answered(broker))
                        .endMetadata()
                        .build());
    }

    /** Which renewal that people asked for it comes after. */
    static Map<String, String> answered(Broker broker) {
        String asked = Labels.annotation(broker, Labels.ROTATE);
        return asked.startsWith(Labels.ROTATE_LEAF) ? Map.of(Labels.ROTATED, asked) : Map.of();
    }

    /** What such a Secret holds. */
    public static Optional<ClientIdentity> identity(Secret identity) {
        return IdentityData.read(decoded(identity));
    }

    /** What makes workers verify, whatever their application says; where there is TLS to one known address. */
    public static Optional<Secret> code(Broker broker, Connection connection) {
        return connection.endpoint().tls() && connection.topology() instanceof Topology.Standalone
                ? Optional.of(secret(broker, CODE, WorkerCode.of(connection)))
                : Optional.empty();
    }

    /**
     * The connection that two such Secrets hold. Empty where one is missing: a TLS connection without its roots must
     * not be taken for a plain one.
     */
    public static Optional<Connection> read(Optional<Secret> connection, Optional<Secret> trust) {
        return connection.map(BrokerSecrets::decoded).flatMap(data -> read(data, trust));
    }

    /** The same with the identity of a third; empty where that cannot be read either: the broker would refuse who presents nothing. */
    public static Optional<Connection> read(Optional<Secret> connection, Optional<Secret> trust, Secret identity) {
        return IdentityData.read(decoded(identity))
                .flatMap(known -> read(connection, trust).map(read -> read.presenting(Optional.of(known))));
    }

    private static Optional<Connection> read(Map<String, String> data, Optional<Secret> trust) {
        String uri = data.getOrDefault(ConnectionKeys.URI, "");
        boolean tls = Stream.of(Protocol.values()).anyMatch(protocol -> uri.startsWith(protocol.scheme(true)));
        if (tls && trust.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Connection(
                new Endpoint(
                        data.getOrDefault("host", ""),
                        Integer.parseInt(data.getOrDefault("port", "0")),
                        Integer.parseInt(data.getOrDefault("database", "0")),
                        tls,
                        Optional.ofNullable(data.get(VIRTUAL_HOST))),
                Optional.ofNullable(data.get("password"))
                        .map(password -> new Login(Optional.ofNullable(data.get("username")), password)),
                trust.filter(secret -> tls)
                        .map(secret -> TrustData.read(decoded(secret)))
                        .orElseGet(() -> Verification.full(List.of())),
                TopologyData.read(data)));
    }

    static Map<String, String> decoded(Secret secret) {
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }

    static String uri(Connection connection) {
        Endpoint endpoint = connection.endpoint();
        String userInfo = connection
                .login()
                .map(login -> encoded(login.username().orElse("")) + ":" + encoded(login.password()) + "@")
                .orElse("");
        return endpoint.protocol().scheme(endpoint.tls()) + userInfo + endpoint.hostAndPort() + "/"
                + endpoint.virtualHost()
                        .map(BrokerSecrets::encoded)
                        .orElseGet(() -> String.valueOf(endpoint.database()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String type(String kind) {
        return switch (kind) {
            case IDENTITY -> "kubernetes.io/tls";
            default -> "Opaque";
        };
    }

    private static Secret secret(Broker broker, String kind, Map<String, String> data) {
        return secret(broker, kind, kind, data);
    }

    private static Secret secret(Broker broker, String kind, String called, Map<String, String> data) {
        var metadata = broker.getMetadata();
        Map<String, String> base64 = encoded(data);
        // The kind is part of the content: two brokers of one name in time never share a Secret by their uid.
        String content = Fingerprint.of(Map.of("uid", metadata.getUid(), "kind", kind, "data", base64));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName() + "-" + called + "-" + content)
                .withLabels(Labels.ofBroker(metadata.getName(), kind))
                .withOwnerReferences(owner(broker))
                .endMetadata()
                .withImmutable(true)
                .withType(type(kind))
                .withData(base64)
                .build();
    }

    static OwnerReference owner(Broker broker) {
        return new OwnerReferenceBuilder()
                .withApiVersion(Api.GROUP + "/" + Api.VERSION)
                .withKind("Broker")
                .withName(broker.getMetadata().getName())
                .withUid(broker.getMetadata().getUid())
                .withController(true)
                .build();
    }

    /** As a Secret holds it. */
    static Map<String, String> encoded(Map<String, String> data) {
        return data.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Base64.getEncoder()
                                .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
