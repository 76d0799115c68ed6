package dev.workerpool.operator.survival;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the operator has told people by events, and how often. */
final class Told {
    private Told() {}

    static SortedMap<String, Integer> byOperator(KubernetesClient client, String namespace) {
        SortedMap<String, Integer> told = new TreeMap<>();
        client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> "workerpool-operator".equals(event.getReportingComponent()))
                .forEach(event -> told.merge(
                        "%s/%s %s %s: %s"
                                .formatted(
                                        event.getInvolvedObject().getKind(),
                                        event.getInvolvedObject().getName(),
                                        event.getType(),
                                        event.getReason(),
                                        event.getMessage()),
                        event.getCount(),
                        Integer::sum));
        return told;
    }
}
