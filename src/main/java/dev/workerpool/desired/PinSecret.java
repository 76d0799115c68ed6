package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.Pin;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Secret with the authority that was pinned at first use. It outlives its Broker: whoever makes that again finds its server known. */
public final class PinSecret {
    public static final String PIN = "pin";
    private static final String CA = "ca.crt";
    private static final String PLACE = "endpoint";
    private static final String SOURCE = "url-digest";

    private PinSecret() {}

    public static String name(Broker broker) {
        return broker.getMetadata().getName() + "-" + PIN;
    }

    public static Secret of(Broker broker, Pin pin) {
        Map<String, String> data = new TreeMap<>();
        data.put(CA, base64(Certificates.pem(List.of(pin.authority()))));
        data.put(PLACE, base64(pin.place()));
        data.put(SOURCE, base64(pin.source()));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(broker.getMetadata().getNamespace())
                .withName(name(broker))
                .withLabels(labels(broker))
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }

    /** Whether it is this Broker's, and no stranger's of the same name. */
    public static boolean isOurs(Broker broker, Secret secret) {
        return Labels.areOfBroker(secret, broker.getMetadata().getName(), PIN);
    }

    /** Empty where it cannot be read. */
    public static Optional<Pin> read(Secret secret) {
        List<X509Certificate> authority = Certificates.parse(text(secret, CA)).certificates();
        return authority.size() == 1
                ? Optional.of(new Pin(text(secret, PLACE), text(secret, SOURCE), authority.getFirst()))
                : Optional.empty();
    }

    private static Map<String, String> labels(Broker broker) {
        return Labels.ofBroker(broker.getMetadata().getName(), PIN);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
                .orElse("");
    }
}
