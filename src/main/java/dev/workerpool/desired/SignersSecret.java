package dev.workerpool.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.api.Broker;
import dev.workerpool.api.Signing.KeyRetention;
import dev.workerpool.tls.Credential;
import dev.workerpool.tls.Signer;
import dev.workerpool.tls.Signers;
import dev.workerpool.tls.SigningPhase;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Secret with the keys of all who sign messages of a Broker: the one place in which their rotation stands. It outlives its Broker unless
 * people want otherwise, as workers that run on do.
 */
public final class SignersSecret {
    public static final String KIND = "signing-keys";
    private static final String FILE = "signers.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whose it was made for: a Broker that is made again has another. */
    private static final String BROKER_UID = "workerpool.dev/broker-uid";

    private SignersSecret() {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Written(
            String phase,
            @Nullable String settled,
            @Nullable String done,
            @Nullable Map<String, WrittenSigner> signers) {
        @Override
        public String toString() {
            return "Written[" + phase + "]"; // not the keys
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record WrittenSigner(
            @Nullable WrittenKey inUse,
            @Nullable WrittenKey next,
            @Nullable List<WrittenKey> former) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record WrittenKey(String certificate, @Nullable String key, String from, String until) {
        @Override
        public String toString() {
            return "WrittenKey[" + until + "]";
        }
    }

    public static String name(Broker broker) {
        return name(broker.getMetadata().getName());
    }

    public static String name(String broker) {
        return broker + "-signing";
    }

    public static Secret of(Broker broker, Signers signers) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(broker.getMetadata().getNamespace())
                .withName(name(broker))
                .withLabels(Labels.ofBroker(broker.getMetadata().getName(), KIND))
                .withAnnotations(Map.of(BROKER_UID, broker.getMetadata().getUid()))
                .withOwnerReferences(owners(broker))
                .endMetadata()
                .withType("Opaque")
                .withData(data(signers))
                .build();
    }

    private static List<OwnerReference> owners(Broker broker) {
        return Optional.ofNullable(broker.getSpec().signing())
                        .filter(signing -> signing.keyRetention() == KeyRetention.Delete)
                        .isPresent()
                ? List.of(BrokerSecrets.owner(broker))
                : List.of();
    }

    /** Whether it goes or stays with the Broker as people want it now, and is this Broker's. */
    public static boolean isKeptAsAsked(Broker broker, Secret live) {
        return wasMadeFor(broker, live)
                && live.getMetadata().getOwnerReferences().isEmpty()
                        == owners(broker).isEmpty();
    }

    /** A merge patch (RFC 7386) from what the live one holds, and from nothing else, to this. */
    public static Map<String, Object> patch(Broker broker, Secret live, Signers signers) {
        return Map.of(
                "metadata",
                Map.of(
                        "resourceVersion",
                        live.getMetadata().getResourceVersion(),
                        "annotations",
                        Map.of(BROKER_UID, broker.getMetadata().getUid()),
                        "ownerReferences",
                        owners(broker)),
                "data",
                data(signers));
    }

    /** Whether it is this Broker's, and no stranger's of the same name. */
    public static boolean isOurs(String broker, Secret secret) {
        return Labels.areOfBroker(secret, broker, KIND);
    }

    /** Whether it was made for this very Broker, and not for one of its name that was there before. */
    public static boolean wasMadeFor(Broker broker, Secret secret) {
        return broker.getMetadata().getUid().equals(Labels.annotation(secret, BROKER_UID));
    }

    private static Map<String, String> data(Signers signers) {
        Map<String, WrittenSigner> all = new TreeMap<>();
        signers.all().forEach((name, signer) -> all.put(name, written(signer)));
        try {
            return SecretText.encoded(Map.of(
                    FILE,
                    JSON.writeValueAsString(new Written(
                            signers.phase().name(),
                            signers.settled().map(Instant::toString).orElse(null),
                            signers.done(),
                            all))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text is always JSON"); // without its cause, which may quote it
        }
    }

    private static WrittenSigner written(Signer signer) {
        return new WrittenSigner(
                signer.inUse().map(SignersSecret::written).orElse(null),
                signer.next().map(SignersSecret::written).orElse(null),
                signer.former().stream().map(SignersSecret::written).toList());
    }

    private static WrittenKey written(Credential credential) {
        return new WrittenKey(
                credential.certificatePem(),
                credential.keyPem(),
                credential.from().toString(),
                credential.until().toString());
    }

    /** Empty where it cannot be read. */
    public static Optional<Signers> read(Secret secret) {
        try {
            Written written = JSON.readValue(SecretText.of(secret, FILE), Written.class);
            Map<String, Signer> all = Optional.ofNullable(written.signers()).orElse(Map.of()).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> read(entry.getValue())));
            return Optional.of(new Signers(
                    SigningPhase.valueOf(written.phase()),
                    all,
                    Optional.ofNullable(written.settled()).map(Instant::parse),
                    Objects.requireNonNullElse(written.done(), "")));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty(); // whoever may edit the Secret may have
        }
    }

    private static Signer read(WrittenSigner written) {
        return new Signer(
                Optional.ofNullable(written.inUse()).map(SignersSecret::read),
                Optional.ofNullable(written.next()).map(SignersSecret::read),
                Optional.ofNullable(written.former()).orElse(List.of()).stream()
                        .map(SignersSecret::read)
                        .toList());
    }

    private static Credential read(WrittenKey written) {
        return new Credential(
                Objects.requireNonNull(written.certificate()),
                Objects.requireNonNullElse(written.key(), ""),
                Instant.parse(written.from()),
                Instant.parse(written.until()));
    }
}
