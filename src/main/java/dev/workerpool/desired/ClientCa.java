package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Secret by which a server is told whom to trust, such as Redis's {@code tls-ca-cert-file}: certificates, and never a key. */
public final class ClientCa {
    public static final String KIND = "client-ca";
    private static final String CA = "ca.crt";

    private ClientCa() {}

    public static String name(Broker broker) {
        return broker.getMetadata().getName() + "-" + KIND;
    }

    public static Secret of(Broker broker, List<X509Certificate> bundle) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(broker.getMetadata().getNamespace())
                .withName(name(broker))
                .withLabels(labels(broker))
                .endMetadata()
                .withType("Opaque")
                .withData(SecretText.encoded(Map.of(CA, Certificates.pem(bundle))))
                .build();
    }

    /** A merge patch (RFC 7386) from what the live one holds to what is desired. */
    public static Map<String, Object> patch(Secret live, Secret desired) {
        return Map.of(
                "metadata",
                Map.of("resourceVersion", live.getMetadata().getResourceVersion()),
                "data",
                desired.getData());
    }

    /** Whether it is this Broker's, and no stranger's of the same name. */
    public static boolean isOurs(Broker broker, Secret secret) {
        return Labels.areOfBroker(secret, broker.getMetadata().getName(), KIND);
    }

    public static Set<X509Certificate> read(Secret secret) {
        return Set.copyOf(Certificates.parse(SecretText.of(secret, CA)).certificates());
    }

    private static Map<String, String> labels(Broker broker) {
        return Labels.ofBroker(broker.getMetadata().getName(), KIND);
    }
}
