package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.PinSecret;
import dev.workerpool.tls.Pin;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;

/** The pinned authorities, one Secret a Broker. */
final class Pins {
    private final KubernetesClient client;
    private final InformerEventSource<Secret, Broker> secrets;

    Pins(KubernetesClient client, InformerEventSource<Secret, Broker> secrets) {
        this.client = client;
        this.secrets = secrets;
    }

    Optional<Pin> of(Broker broker) {
        return secrets.get(id(broker))
                .filter(secret -> PinSecret.isOurs(broker, secret))
                .flatMap(PinSecret::read);
    }

    /** Writes it before anything relies on it; false where a stranger's Secret has its name. */
    boolean keep(Broker broker, Pin pin) {
        Secret desired = PinSecret.of(broker, pin);
        Optional<Secret> live = secrets.get(id(broker)).or(() -> created(desired));
        if (live.isEmpty()) {
            return true;
        }
        if (!PinSecret.isOurs(broker, live.get())) {
            return false;
        }
        Secret applied = client.resource(desired)
                .fieldManager(Labels.OPERATOR)
                .forceConflicts()
                .serverSideApply();
        secrets.handleRecentResourceUpdate(id(broker), applied, live.get());
        return true;
    }

    /** What is there already under its name; nothing where it was not, and is now. */
    private Optional<Secret> created(Secret desired) {
        try {
            Secret made = client.resource(desired).create();
            secrets.handleRecentResourceCreate(ResourceID.fromResource(desired), made);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_CONFLICT) {
                throw e;
            }
            return Optional.ofNullable(client.resource(desired).get());
        }
    }

    private static ResourceID id(Broker broker) {
        return new ResourceID(PinSecret.name(broker), broker.getMetadata().getNamespace());
    }
}
