package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.desired.AskedCertificate;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.desired.ClientSecrets;
import dev.workerpool.desired.IssuedIdentity;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.PoolSigning;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The Secrets that the operator made for Brokers and their holders: one cache, of the Broker controller, which pools look into as well. */
final class BrokerSecretsCache {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_HOLDER = "holder";
    private static final String BY_ISSUER = "issuer";
    private static final String BY_OPERATOR = "operator";
    private static final String BY_CONNECTION = "connection";
    private static final String BY_SENDER = "sender";
    private static final String BY_DELIVERED = "delivered";
    private static final String BY_SIGNING = "signing";

    private final KubernetesClient client;
    private final AtomicReference<Optional<InformerEventSource<Secret, Broker>>> informer =
            new AtomicReference<>(Optional.empty());

    BrokerSecretsCache(KubernetesClient client) {
        this.client = client;
    }

    /** The Broker controller's, once there is one. */
    void over(InformerEventSource<Secret, Broker> secrets) {
        secrets.addIndexers(Map.of(
                BY_HOLDER,
                secret -> IssuedIdentity.holder(secret).map(holder -> key(secret, holder)).stream()
                        .toList(),
                BY_ISSUER,
                secret -> IssuedIdentity.holder(secret).isEmpty()
                        ? List.of()
                        : List.of(key(secret, secret.getMetadata().getLabels().getOrDefault(Labels.BROKER, "")))));
        secrets.addIndexers(Map.of(
                BY_OPERATOR,
                secret -> BrokerSecrets.IDENTITY.equals(
                                secret.getMetadata().getLabels().get(Labels.SECRET_KIND))
                        ? List.of(key(secret, secret.getMetadata().getLabels().getOrDefault(Labels.BROKER, "")))
                        : List.of(),
                BY_CONNECTION,
                secret -> BrokerSecrets.CONNECTION.equals(
                                secret.getMetadata().getLabels().get(Labels.SECRET_KIND))
                        ? List.of(key(secret, secret.getMetadata().getLabels().getOrDefault(Labels.BROKER, "")))
                        : List.of(),
                BY_SENDER,
                secret -> ClientSecrets.isMounted(secret)
                        ? List.of(key(secret, secret.getMetadata().getLabels().getOrDefault(Labels.BROKER, "")))
                        : List.of(),
                BY_DELIVERED,
                secret -> AskedCertificate.DELIVERED.equals(
                                secret.getMetadata().getLabels().get(Labels.SECRET_KIND))
                        ? List.of(key(secret, secret.getMetadata().getLabels().getOrDefault(Labels.BROKER, "")))
                        : List.of()));
        secrets.addIndexers(Map.of(
                BY_SIGNING,
                secret -> PoolSigning.KIND.equals(
                                secret.getMetadata().getLabels().get(Labels.SECRET_KIND))
                        ? List.of(key(secret, secret.getMetadata().getLabels().getOrDefault(Labels.BROKER, "")))
                        : List.of()));
        informer.set(Optional.of(secrets));
    }

    Optional<Secret> get(String namespace, String name) {
        return informer.get().flatMap(secrets -> secrets.get(new ResourceID(name, namespace)));
    }

    /** Identities that a holder was issued. */
    List<Secret> issuedTo(String namespace, String holder) {
        return by(BY_HOLDER, namespace + "/" + holder);
    }

    /** Identities that holders were issued at a Broker. */
    List<Secret> issuedAt(String namespace, String broker) {
        return by(BY_ISSUER, namespace + "/" + broker);
    }

    /** What the operator itself presents, or did, at a Broker. */
    List<Secret> operatorsAt(String namespace, String broker) {
        return by(BY_OPERATOR, namespace + "/" + broker);
    }

    /** What those mount who send jobs through a Broker, or did. */
    List<Secret> clientsAt(String namespace, String broker) {
        return by(BY_SENDER, namespace + "/" + broker);
    }

    /** The connections of a Broker that somebody may still have, the present one among them. */
    List<Secret> connectionsOf(Broker broker) {
        return by(
                BY_CONNECTION,
                broker.getMetadata().getNamespace() + "/" + broker.getMetadata().getName());
    }

    /** What cert-manager delivered, to whomever, at a Broker. */
    List<Secret> deliveredAt(String namespace, String broker) {
        return by(BY_DELIVERED, namespace + "/" + broker);
    }

    /** What pools sign messages by, or did, at a Broker. */
    List<Secret> signingAt(String namespace, String broker) {
        return by(BY_SIGNING, namespace + "/" + broker);
    }

    private List<Secret> by(String index, String key) {
        return informer.get().map(secrets -> secrets.byIndex(index, key)).orElse(List.of());
    }

    /** What the operator itself presents at a Broker, as was last proven: empty where it is not there now. */
    Optional<Secret> presentedAt(Broker broker) {
        return Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::proven)
                .map(BrokerStatus.Proven::identitySecret)
                .flatMap(name -> get(broker.getMetadata().getNamespace(), name));
    }

    Secret create(Secret desired) {
        Secret made = client.resource(desired).create();
        informer.get().ifPresent(secrets -> secrets.handleRecentResourceCreate(ResourceID.fromResource(desired), made));
        return made;
    }

    /** It is collected with this owner from now on; where somebody has written it since, not yet. */
    void own(Secret live, OwnerReference owner) {
        Map<String, Object> metadata =
                Map.of("resourceVersion", live.getMetadata().getResourceVersion(), "ownerReferences", List.of(owner));
        try {
            client.resource(live)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            JSON.valueToTree(Map.of("metadata", metadata)).toString());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_CONFLICT && e.getCode() != HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private static String key(Secret secret, String name) {
        return secret.getMetadata().getNamespace() + "/" + name;
    }
}
