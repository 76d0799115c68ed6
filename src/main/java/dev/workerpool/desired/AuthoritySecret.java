package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Succession;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Secret with the keys that sign a Broker's client certificates. It outlives its Broker, as what it signed and what servers trust do,
 * and is the one place in which a rotation stands.
 */
public final class AuthoritySecret {
    public static final String KIND = "client-authority";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String NEXT_CERTIFICATE = "next.crt";
    private static final String NEXT_KEY = "next.key";
    private static final String FORMER = "former.crt";

    /** Whose it was made for: a Broker that is made again has another. */
    private static final String BROKER_UID = "workerpool.dev/broker-uid";

    private AuthoritySecret() {}

    public static String name(Broker broker) {
        return broker.getMetadata().getName() + "-" + KIND;
    }

    public static Secret of(Broker broker, Succession succession) {
        Map<String, String> data = data(succession);
        data.values().removeIf(String::isEmpty);
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(broker.getMetadata().getNamespace())
                .withName(name(broker))
                .withLabels(labels(broker))
                .withAnnotations(new TreeMap<>(
                        Map.of(BROKER_UID, broker.getMetadata().getUid(), Labels.ROTATED, succession.done())))
                .endMetadata()
                .withType("Opaque")
                .withData(SecretText.encoded(data))
                .build();
    }

    /** Each key that it may have, empty where it is to have none. */
    private static Map<String, String> data(Succession succession) {
        Map<String, String> data = new TreeMap<>();
        data.put(CERTIFICATE, succession.inUse().certificatePem());
        data.put(KEY, succession.inUse().keyPem());
        data.put(
                NEXT_CERTIFICATE,
                succession.next().map(Authority::certificatePem).orElse(""));
        data.put(NEXT_KEY, succession.next().map(Authority::keyPem).orElse(""));
        data.put(FORMER, Certificates.pem(succession.former()));
        return data;
    }

    /** A merge patch (RFC 7386) from what the live one holds, and from nothing else, to this. */
    public static Map<String, Object> patch(Secret live, Succession succession) {
        Map<String, @Nullable String> values = new TreeMap<>();
        data(succession).forEach((key, text) -> values.put(key, text.isEmpty() ? null : SecretText.encoded(text)));
        return Map.of(
                "metadata",
                Map.of(
                        "resourceVersion",
                        live.getMetadata().getResourceVersion(),
                        "annotations",
                        Map.of(Labels.ROTATED, succession.done())),
                "data",
                values);
    }

    /** Whether it is this Broker's, and no stranger's of the same name. */
    public static boolean isOurs(Broker broker, Secret secret) {
        return Labels.areOfBroker(secret, broker.getMetadata().getName(), KIND);
    }

    /** Whether it was made for this very Broker, and not for one of its name that was there before. */
    public static boolean wasMadeFor(Broker broker, Secret secret) {
        return broker.getMetadata().getUid().equals(Labels.annotation(secret, BROKER_UID));
    }

    /** Empty where it cannot be read. */
    public static Optional<Succession> read(Secret secret) {
        Optional<Authority> inUse = authority(secret, CERTIFICATE, KEY);
        Optional<Authority> next = authority(secret, NEXT_CERTIFICATE, NEXT_KEY);
        if (inUse.isEmpty()
                || next.isEmpty() != SecretText.of(secret, NEXT_CERTIFICATE).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Succession(
                inUse.get(),
                next,
                Certificates.parse(SecretText.of(secret, FORMER)).certificates(),
                Labels.annotation(secret, Labels.ROTATED)));
    }

    private static Optional<Authority> authority(Secret secret, String certificate, String key) {
        return switch (ClientIdentity.parse(SecretText.of(secret, certificate), SecretText.of(secret, key))) {
            case ClientIdentity.Parsed.Read read ->
                Optional.of(Authority.of(read.identity())).filter(Authority::maySign);
            case ClientIdentity.Parsed.Fault fault -> Optional.empty();
        };
    }

    private static Map<String, String> labels(Broker broker) {
        return Labels.ofBroker(broker.getMetadata().getName(), KIND);
    }
}
