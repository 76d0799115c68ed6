package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The Lease in the API server. Each request is tried once and not for long: what is late is of no use. */
final class LeaseRequests implements LeaseStore {
    private final KubernetesClient client;
    private final OperatorConfig.Lease config;
    private final RequestConfig brief;

    LeaseRequests(KubernetesClient client, OperatorConfig.Lease config) {
        this.client = client;
        this.config = config;
        Duration longest = config.renewDeadline().dividedBy(2);
        this.brief = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestTimeout(Math.toIntExact(longest.toMillis()))
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    @Override
    public Optional<Lease> read() {
        return Optional.ofNullable(briefly(brisk -> brisk.resources(Lease.class)
                .inNamespace(config.namespace())
                .withName(config.name())
                .get()));
    }

    @Override
    public Lease create(Lease lease) {
        return briefly(brisk -> brisk.resource(lease).create());
    }

    @Override
    public Lease replace(Lease lease) {
        return briefly(brisk -> brisk.resource(lease).update());
    }

    private <T> T briefly(Function<KubernetesClient, T> request) {
        return client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(brief)
                .call(request::apply);
    }
}
