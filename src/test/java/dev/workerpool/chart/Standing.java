package dev.workerpool.chart;

import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What people have running in a namespace, by which it shows whether something was restarted or made anew.
 *
 * @param pods by name, their UIDs
 * @param templates by Deployment, its UID, its template and, since replicas alone may change, nothing else of it
 * @param resources Brokers and WorkerPools, their UIDs and generations
 */
record Standing(Map<String, String> pods, Map<String, String> templates, Map<String, String> resources) {
    private static final String POOL = "workerpool.dev/pool";

    static Standing in(String namespace, KubernetesClient client) {
        List<Pod> pods =
                client.pods().inNamespace(namespace).withLabel(POOL).list().getItems();
        List<Deployment> deployments = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel(POOL)
                .list()
                .getItems();
        Map<String, String> resources = new TreeMap<>();
        resources.putAll(named(
                client.resources(Broker.class).inNamespace(namespace).list().getItems(), Standing::identity));
        resources.putAll(named(
                client.resources(WorkerPool.class).inNamespace(namespace).list().getItems(), Standing::identity));
        return new Standing(
                named(pods, pod -> pod.getMetadata().getUid()),
                named(
                        deployments,
                        deployment -> deployment.getMetadata().getUid()
                                + deployment.getSpec().getTemplate()),
                resources);
    }

    private static String identity(HasMetadata resource) {
        return resource.getMetadata().getUid() + " " + resource.getMetadata().getGeneration();
    }

    private static <T extends HasMetadata> Map<String, String> named(List<T> all, Function<T, String> as) {
        return all.stream()
                .collect(Collectors.toMap(
                        one -> one.getKind() + "/" + one.getMetadata().getName(), as, (a, b) -> a, TreeMap::new));
    }
}
