package dev.workerpool.desired;

import dev.workerpool.api.Api;
import dev.workerpool.api.Broker;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.tls.Certificates;
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

/**
 * The Secrets through which a broker's pools reach it: immutable, and named by their content, so that a change is a
 * new Secret, and a pod that restarts keeps what it was started with.
 */
public final class BrokerSecrets {
    public static final String CONNECTION = "connection";
    public static final String TRUST = "trust";
    private static final String CA_KEY = "ca.crt";
    private static final String TLS_SCHEME = "rediss://";

    private BrokerSecrets() {}

    /** The connection in the layout of the Service Binding specification, and as each framework takes it. */
    public static Secret connection(Broker broker, Connection connection) {
        Endpoint endpoint = connection.endpoint();
        String uri = uri(connection);
        Map<String, String> data = new TreeMap<>();
        data.put("type", "redis");
        data.put("host", endpoint.host());
        data.put("port", String.valueOf(endpoint.port()));
        data.put("database", String.valueOf(endpoint.database()));
        data.put(ConnectionKeys.URI, uri);
        data.put(ConnectionKeys.CELERY_URL, endpoint.tls() ? uri + celeryVerification() : uri);
        connection.login().ifPresent(login -> {
            login.username().ifPresent(username -> data.put("username", username));
            data.put("password", login.password());
        });
        data.putAll(TopologyData.of(connection.topology()));
        return secret(broker, CONNECTION, data);
    }

    /** All roots in one file: a program told of this file looks at no other. */
    public static Optional<Secret> trust(Broker broker, Connection connection) {
        return connection.endpoint().tls()
                ? Optional.of(secret(broker, TRUST, Map.of(CA_KEY, Certificates.pem(connection.roots()))))
                : Optional.empty();
    }

    /**
     * The connection that two such Secrets hold. Empty where one is missing: a TLS connection without its roots must
     * not be taken for a plain one.
     */
    public static Optional<Connection> read(Optional<Secret> connection, Optional<Secret> trust) {
        return connection.map(BrokerSecrets::decoded).flatMap(data -> read(data, trust));
    }

    private static Optional<Connection> read(Map<String, String> data, Optional<Secret> trust) {
        boolean tls = data.getOrDefault(ConnectionKeys.URI, "").startsWith(TLS_SCHEME);
        if (tls && trust.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Connection(
                new Endpoint(
                        data.getOrDefault("host", ""),
                        Integer.parseInt(data.getOrDefault("port", "0")),
                        Integer.parseInt(data.getOrDefault("database", "0")),
                        tls),
                Optional.ofNullable(data.get("password"))
                        .map(password -> new Login(Optional.ofNullable(data.get("username")), password)),
                trust.filter(secret -> tls)
                        .map(secret -> Certificates.parse(decoded(secret).getOrDefault(CA_KEY, "")))
                        .map(Certificates.Parsed::certificates)
                        .orElseGet(List::of),
                TopologyData.read(data)));
    }

    private static Map<String, String> decoded(Secret secret) {
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }

    private static String uri(Connection connection) {
        Endpoint endpoint = connection.endpoint();
        String userInfo = connection
                .login()
                .map(login -> encoded(login.username().orElse("")) + ":" + encoded(login.password()) + "@")
                .orElse("");
        return (endpoint.tls() ? TLS_SCHEME : "redis://") + userInfo + endpoint.hostAndPort() + "/"
                + endpoint.database();
    }

    /** Said in full: without ssl_cert_reqs kombu does not verify, and redis-py before 6 does not check the name unasked. */
    private static String celeryVerification() {
        return "?ssl_cert_reqs=required&ssl_ca_certs=" + ConnectionKeys.CA_FILE + "&ssl_check_hostname=true";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Secret secret(Broker broker, String kind, Map<String, String> data) {
        var metadata = broker.getMetadata();
        Map<String, String> base64 = data.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Base64.getEncoder()
                                .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)),
                        (one, other) -> one,
                        TreeMap::new));
        // The kind is part of the content: two brokers of one name in time never share a Secret by their uid.
        String content = Fingerprint.of(Map.of("uid", metadata.getUid(), "kind", kind, "data", base64));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName() + "-" + kind + "-" + content)
                .withLabels(Labels.ofBroker(metadata.getName(), kind))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(Api.GROUP + "/" + Api.VERSION)
                        .withKind("Broker")
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withImmutable(true)
                .withType(CONNECTION.equals(kind) ? "servicebinding.io/redis" : "Opaque")
                .withData(base64)
                .build();
    }
}
