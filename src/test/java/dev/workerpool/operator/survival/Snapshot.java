package dev.workerpool.operator.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that is in a namespace, in words that are the same in every namespace in which the same was done. */
record Snapshot(SortedMap<String, String> objects) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

    /** They come from names with a hash of the owner's uid in them. */
    private static final Pattern FINGERPRINT = Pattern.compile("(\"workerpool.dev/[a-z-]+\":\")[0-9a-f]{20}\"");

    private static final Map<String, List<String>> KINDS = Map.of(
            "v1", List.of("Secret", "ConfigMap", "ServiceAccount"),
            "apps/v1", List.of("Deployment"),
            "policy/v1", List.of("PodDisruptionBudget"),
            "workerpool.dev/v1alpha1", List.of("Broker", "WorkerPool"));

    /** Who made it, when, under which number: another in every run. */
    private static final Set<String> OF_ONE_RUN =
            Set.of("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "namespace");

    static Snapshot of(KubernetesClient client, String namespace) {
        Map<String, String> names = SecretNames.byContent(client, namespace);
        SortedMap<String, String> objects = new TreeMap<>();
        KINDS.forEach((version, kinds) -> kinds.forEach(kind -> list(client, version, kind, namespace).stream()
                .filter(object ->
                        !"kube-root-ca.crt".equals(object.getMetadata().getName()))
                .forEach(object -> objects.put(
                        plain(kind + " " + object.getMetadata().getName(), namespace, names),
                        plain(text(object, client, namespace), namespace, names)))));
        objects.put("pods", Running.pods(client, namespace));
        objects.put("replica sets", Running.replicaSets(client, namespace));
        Told.byOperator(client, namespace)
                .forEach((event, times) ->
                        objects.put("Event " + plain(event, namespace, names), times == 1 ? "once" : times + " times"));
        return new Snapshot(objects);
    }

    private static List<GenericKubernetesResource> list(
            KubernetesClient client, String version, String kind, String namespace) {
        return client.genericKubernetesResources(version, kind)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    private static String text(GenericKubernetesResource object, KubernetesClient client, String namespace) {
        ObjectNode tree = JSON.valueToTree(object);
        ObjectNode metadata = (ObjectNode) tree.get("metadata");
        metadata.remove(OF_ONE_RUN);
        JsonNode owners = metadata.get("ownerReferences");
        if (owners != null) {
            owners.forEach(owner -> ownerInWords((ObjectNode) owner, client, namespace));
        }
        if (tree.get("status") instanceof ObjectNode status && "Deployment".equals(object.getKind())) {
            // Their order and their times are the controller manager's affair.
            status.remove(List.of("conditions", "observedGeneration"));
        }
        return tree.toString();
    }

    private static void ownerInWords(ObjectNode owner, KubernetesClient client, String namespace) {
        String version = owner.get("apiVersion").asText();
        String kind = owner.get("kind").asText();
        boolean live = list(client, version, kind, namespace).stream()
                .anyMatch(object ->
                        object.getMetadata().getUid().equals(owner.get("uid").asText()));
        owner.put("uid", live ? "of a live " + kind : "of nobody");
    }

    private static String plain(String text, String namespace, Map<String, String> names) {
        String plain = text.replace(namespace, "NAMESPACE");
        for (Map.Entry<String, String> name : names.entrySet()) {
            plain = plain.replace(name.getKey(), name.getValue());
        }
        return FINGERPRINT.matcher(TIME.matcher(plain).replaceAll("TIME")).replaceAll("$1FINGERPRINT\"");
    }

    List<String> toldTwice() {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("Event ") && !"once".equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What differs, a line for each object. */
    String against(Snapshot expected) {
        var all = new TreeMap<>(expected.objects);
        all.putAll(objects);
        return all.keySet().stream()
                .filter(key -> !String.valueOf(expected.objects.get(key)).equals(objects.get(key)))
                .map(key -> key + "\n  expected " + expected.objects.get(key) + "\n  found    " + objects.get(key))
                .collect(Collectors.joining("\n"));
    }
}
