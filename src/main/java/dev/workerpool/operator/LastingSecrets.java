package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.api.Broker;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Map;
import java.util.Optional;

/** Secrets of a Broker that change, and that are there when it has gone. */
final class LastingSecrets {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final InformerEventSource<Secret, Broker> cache;

    LastingSecrets(KubernetesClient client, InformerEventSource<Secret, Broker> cache) {
        this.client = client;
        this.cache = cache;
    }

    /** Whatever is there under that name, and is known of. */
    Optional<Secret> get(Broker broker, String name) {
        return cache.get(new ResourceID(name, broker.getMetadata().getNamespace()));
    }

    /** Creates it; what is there already under its name is left as it is, and given back. */
    Secret create(Secret desired) {
        try {
            Secret made = client.resource(desired).create();
            cache.handleRecentResourceCreate(ResourceID.fromResource(desired), made);
            return made;
        } catch (KubernetesClientException e) {
            Secret there =
                    e.getCode() == HTTP_CONFLICT ? client.resource(desired).get() : null;
            if (there == null) {
                throw e;
            }
            return there;
        }
    }

    /**
     * One write of several keys: all of them or none, and none where somebody has written since.
     *
     * @param change a merge patch that names the version it is made from
     */
    Secret change(Secret live, Map<String, Object> change) {
        Secret changed = client.resource(live)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        JSON.valueToTree(change).toString());
        cache.handleRecentResourceUpdate(ResourceID.fromResource(live), changed, live);
        return changed;
    }
}
