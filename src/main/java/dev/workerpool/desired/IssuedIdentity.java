package dev.workerpool.desired;

import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The immutable Secret with a client certificate that was issued to one holder, who owns it; named by its content. */
public final class IssuedIdentity {
    public static final String KIND = "issued-identity";
    private static final String MIDDLE = "-identity-";

    private IssuedIdentity() {}

    /**
     * Whose it is.
     *
     * @param name begins the Secret's name
     */
    public record Owner(String namespace, String name, String broker, OwnerReference reference) {
        public static Owner of(PoolSettings settings) {
            PoolIdentity identity = settings.identity();
            return new Owner(identity.namespace(), identity.name(), settings.broker(), identity.owner());
        }
    }

    /**
     * @param extra what else the holder is given beside the PEM files, each value in base64, such as a keystore
     * @param asked which renewal people had asked for
     */
    public static Secret of(Owner owner, ClientIdentity identity, Map<String, String> extra, String asked) {
        Map<String, String> data = new TreeMap<>(SecretText.encoded(IdentityData.of(identity)));
        data.putAll(extra);
        Map<String, String> labels = new TreeMap<>(Labels.ofBroker(owner.broker(), KIND));
        labels.put(Labels.HOLDER, owner.name());
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(owner.namespace())
                .withName(owner.name()
                        + (extra.isEmpty() ? MIDDLE : "-" + Pkcs12Data.NAME + "-")
                        + Fingerprint.of(Map.of("uid", owner.reference().getUid(), "data", data)))
                .withLabels(labels)
                .withAnnotations(new TreeMap<>(Map.of(Labels.ROTATED, asked)))
                .withOwnerReferences(owner.reference())
                .endMetadata()
                .withImmutable(true)
                .withType("kubernetes.io/tls")
                .withData(data)
                .build();
    }

    /** Whom it was issued to; empty where it is no such Secret. */
    public static Optional<String> holder(Secret secret) {
        Map<String, String> labels = labels(secret.getMetadata());
        return KIND.equals(labels.get(Labels.SECRET_KIND))
                ? Optional.ofNullable(labels.get(Labels.HOLDER))
                : Optional.empty();
    }

    /** The certificate in it; empty where there is none that can be read. */
    public static Optional<X509Certificate> leaf(Secret secret) {
        return Certificates.parse(SecretText.of(secret, IdentityData.CERTIFICATE)).certificates().stream()
                .findFirst();
    }

    private static Map<String, String> labels(ObjectMeta of) {
        return Optional.ofNullable(of.getLabels()).orElse(Map.of());
    }
}
