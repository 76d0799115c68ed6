package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.broker.Connection;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Secrets of those who enqueue. Their Deployments are other people's and name them once: so they are kept current in place, unlike
 * what workers are given, and say when what a process goes by last changed.
 */
public final class ClientSecrets {
    private static final String KIND = "client";
    private static final String CONTENT = "workerpool.dev/content";
    private static final String SINCE = "workerpool.dev/content-since";

    private ClientSecrets() {}

    /** To be mounted, in the layout of the Service Binding specification. */
    public static String name(Broker broker, Client client) {
        return broker.getMetadata().getName() + "-" + client.name();
    }

    /** For envFrom. */
    public static String environmentName(Broker broker, Client client) {
        return name(broker, client) + "-env";
    }

    /** Whether it is of this kind, among the operator's own. */
    public static boolean isOne(Secret secret) {
        return KIND.equals(secret.getMetadata().getLabels().get(Labels.SECRET_KIND));
    }

    /** Whether it is one that is to be mounted. */
    public static boolean isMounted(Secret secret) {
        return isOne(secret) && BrokerSecrets.isBindingType(secret.getType());
    }

    /**
     * What is to be mounted.
     *
     * @param keystorePassword where the client's certificate is to be in PKCS#12 as well
     * @param signing by which it signs messages; empty where it is not to
     * @param before the Secret as it is, where it is there
     */
    public static Secret files(
            Broker broker,
            Client client,
            Connection connection,
            Optional<String> keystorePassword,
            Map<String, String> signing,
            Change before) {
        Map<String, String> data = new TreeMap<>(ClientData.files(connection));
        data.putAll(signing);
        if (connection.identity().isPresent()) {
            data.putAll(Pkcs12Data.of(keystorePassword));
        }
        Secret files = secret(
                broker,
                name(broker, client),
                data,
                since(before, Fingerprint.of(ClientData.content(data, connection))),
                BrokerSecrets.bindingType(connection));
        return connection.identity().isEmpty()
                ? files
                : new SecretBuilder(Pkcs12Data.filled(files, before.live()))
                        .editMetadata()
                        .addToAnnotations(answered(broker, data, before.live()))
                        .endMetadata()
                        .build();
    }

    /** What without signing; for those who are to sign nothing. */
    public static Secret files(
            Broker broker, Client client, Connection connection, Optional<String> keystorePassword, Change before) {
        return files(broker, client, connection, keystorePassword, Map.of(), before);
    }

    /** Whether it holds this to sign messages by, and nothing else. */
    public static boolean signsBy(Secret secret, Map<String, String> signing) {
        return signing(secret).equals(signing);
    }

    /** What it holds to sign messages by; empty where nothing. */
    public static Map<String, String> signing(Secret secret) {
        Map<String, String> held = new TreeMap<>(BrokerSecrets.decoded(secret));
        held.keySet().removeIf(key -> !SigningData.isOne(key));
        return held;
    }

    /** Which renewal that people asked for its certificate comes after. */
    private static Map<String, String> answered(Broker broker, Map<String, String> data, Optional<Secret> live) {
        return live.filter(secret ->
                        SecretText.of(secret, IdentityData.CERTIFICATE).equals(data.get(IdentityData.CERTIFICATE)))
                .map(secret -> annotation(secret, Labels.ROTATED)
                        .map(done -> Map.of(Labels.ROTATED, done))
                        .orElse(Map.of()))
                .orElseGet(() -> BrokerSecrets.answered(broker));
    }

    /** Empty where variables alone would have a client verify otherwise than the Broker says. */
    public static Optional<Secret> environment(
            Broker broker, Client client, Connection connection, Collection<X509Certificate> known, Change before) {
        if (!ClientData.canBeVariables(connection)) {
            return Optional.empty();
        }
        Map<String, String> data = ClientData.variables(connection, known);
        return Optional.of(secret(
                broker,
                environmentName(broker, client),
                data,
                since(before, Fingerprint.of(ClientData.content(data, connection))),
                "Opaque"));
    }

    /**
     * From what to what.
     *
     * @param live the Secret as it is, where it is there
     */
    public record Change(Optional<Secret> live, Instant now) {}

    /** When what a process goes by last changed. */
    public static Optional<Instant> since(Secret secret) {
        try {
            return annotation(secret, SINCE).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty(); // whoever may edit the Secret may have
        }
    }

    private record Content(String fingerprint, Instant since) {}

    private static Content since(Change change, String fingerprint) {
        return new Content(
                fingerprint,
                change.live()
                        .filter(live -> annotation(live, CONTENT).equals(Optional.of(fingerprint)))
                        .flatMap(ClientSecrets::since)
                        .orElse(change.now()));
    }

    private static Optional<String> annotation(Secret secret, String name) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations()).map(all -> all.get(name));
    }

    private static Secret secret(Broker broker, String name, Map<String, String> data, Content content, String type) {
        Map<String, String> base64 = BrokerSecrets.encoded(data);
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(broker.getMetadata().getNamespace())
                .withName(name)
                .withLabels(Labels.ofBroker(broker.getMetadata().getName(), KIND))
                .addToAnnotations(CONTENT, content.fingerprint())
                .addToAnnotations(SINCE, content.since().toString())
                .addToAnnotations(Labels.RENDERED, Fingerprint.of(base64))
                .withOwnerReferences(BrokerSecrets.owner(broker))
                .endMetadata()
                .withType(type)
                .withData(base64)
                .build();
    }
}
