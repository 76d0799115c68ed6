package dev.workerpool.api;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.api.RuleCase.Subject;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API server makes of what people write, and the client library of that. */
@RealControlPlane
class StoredIT {
    private static final String NEWER_THAN_THE_LIBRARY = """
            spec:
              strategy: {}
              template:
                metadata: {labels: {team: mail}}
                spec:
                  fieldOf2030: {deep: [1, {deeper: true}]}
                  volumes:
                  - {name: v, sourceOf2030: {size: 1Gi}}
                  containers:
                  - name: worker
                    image: example.com/mail:1
                    fieldOf2030: "42"
                    resources: {limits: {cpu: 1500m, memory: 4294967296}, fieldOf2030: 1}
                    env:
                    - {name: A, value: b, fieldOf2030: x}
                    - {name: B, valueFrom: {sourceOf2030: {name: n}}}
                    livenessProbe: {tcpSocket: {port: http}, probeOf2030: {a: 1}}
                    securityContext: {capabilities: {drop: [ALL], fieldOf2030: [x]}}
            """;

    @Test
    void defaults_of_a_pool_are_stored(ControlPlane controlPlane, TestNamespace namespace) throws IOException {
        JsonNode spec = stored(
                controlPlane,
                namespace,
                Subject.POOL,
                "spec: {scaling: {maxReplicas: 3, target: {backlogPerWorker: 5}}}");
        assertEquals(10, spec.get("concurrency").asInt());
        assertEquals("5m", spec.get("drainTimeout").asText());
        assertEquals(1, spec.get("replicas").asInt());
        assertEquals(1, spec.at("/scaling/minReplicas").asInt());
        assertEquals("Active", spec.at("/scaling/mode").asText());
        assertEquals("5m", spec.at("/scaling/idleAfter").asText());
    }

    @Test
    void defaults_of_a_reference_to_a_workload_are_stored(ControlPlane controlPlane, TestNamespace namespace)
            throws IOException {
        JsonNode spec = stored(controlPlane, namespace, Subject.POOL, "spec: {template: null, workloadRef: {name: a}}");
        assertEquals("Deployment", spec.at("/workloadRef/kind").asText());
    }

    @Test
    void defaults_of_a_broker_are_stored(ControlPlane controlPlane, TestNamespace namespace) throws IOException {
        JsonNode spec = stored(controlPlane, namespace, Subject.BROKER, "spec: {tls: {trust: {}}}");
        assertEquals("1s", spec.get("pollInterval").asText());
        assertEquals("System", spec.at("/tls/trust/source").asText());
    }

    @Test
    void a_template_newer_than_the_client_library_is_stored_whole(ControlPlane controlPlane, TestNamespace namespace)
            throws IOException {
        JsonNode written = Subject.POOL.with(NEWER_THAN_THE_LIBRARY).at("/spec/template");
        assertEquals(
                written,
                stored(controlPlane, namespace, Subject.POOL, NEWER_THAN_THE_LIBRARY)
                        .get("template"));
    }

    @Test
    void a_template_newer_than_the_client_library_survives_being_read_and_written(
            ControlPlane controlPlane, TestNamespace namespace, KubernetesClient client) throws IOException {
        JsonNode before = stored(controlPlane, namespace, Subject.POOL, NEWER_THAN_THE_LIBRARY);
        WorkerPool read = client.resources(WorkerPool.class)
                .inNamespace(namespace.name())
                .withName("mail")
                .require();
        JsonNode after = new ObjectMapper().readTree(Serialization.asJson(read)).get("spec");
        assertEquals(withoutEmpties(before), withoutEmpties(after));
    }

    @Test
    void a_template_as_kubectl_up_to_1_33_prints_it_is_accepted(
            ControlPlane controlPlane, TestNamespace namespace, @TempDir Path folder) throws IOException {
        ObjectNode pool = Subject.POOL.with("spec: {strategy: {}, template: {metadata: {labels: {app: mail}}}}");
        ((ObjectNode) pool.at("/spec/template/metadata")).putNull("creationTimestamp");
        ((ObjectNode) pool.at("/spec/template/spec/containers/0")).putObject("resources");
        Path file = Files.writeString(folder.resolve("pool.json"), pool.toString());
        for (String way : List.of("create", "apply --server-side --force-conflicts")) {
            String[] arguments = (way + " -n " + namespace + " -f " + file).split(" ", -1);
            controlPlane.kubectl(arguments).succeeded();
        }
    }

    /** A single object that the operator could not read would end its watch of all. */
    @Test
    void whatever_the_api_server_stores_can_be_read(
            ControlPlane controlPlane, TestNamespace namespace, @TempDir Path folder) throws IOException {
        ObjectNode pool = Subject.POOL.with("{}");
        ObjectNode template = (ObjectNode) SchemaSample.largest(templateSchema());
        ((ObjectNode) template.get("spec")).remove("terminationGracePeriodSeconds");
        ((ObjectNode) pool.get("spec")).set("template", template);
        Path file = Files.writeString(folder.resolve("pool.json"), pool.toString());
        controlPlane
                .kubectl("create", "--validate=ignore", "-n", namespace.name(), "-f", file.toString())
                .succeeded();
        var read = controlPlane
                .admin()
                .resources(WorkerPool.class)
                .inNamespace(namespace.name())
                .list()
                .getItems();
        assertEquals(
                Integer.MAX_VALUE,
                requireNonNull(read.getFirst().getSpec().template()).getSpec().getPriority());
    }

    private static JSONSchemaProps templateSchema() throws IOException {
        for (CustomResourceDefinition crd : Crds.definitions()) {
            JSONSchemaProps spec =
                    requireNonNull(SchemaRules.schema(crd).getProperties().get("spec"));
            JSONSchemaProps template = spec.getProperties().get("template");
            if (template != null) {
                return template;
            }
        }
        throw new AssertionError("no template");
    }

    private static JsonNode stored(ControlPlane controlPlane, TestNamespace namespace, Subject subject, String patch)
            throws IOException {
        var object = subject.with(patch);
        controlPlane.apply(namespace, object.toString()).succeeded();
        String json = controlPlane
                .kubectl(
                        "get",
                        object.get("kind").asText(),
                        object.at("/metadata/name").asText(),
                        "-n",
                        namespace.name(),
                        "-o",
                        "json")
                .succeeded();
        return new ObjectMapper().readTree(json).get("spec");
    }

    /** The client library drops empty objects, and writes numbers of quantities as strings: both mean the same. */
    private static JsonNode withoutEmpties(JsonNode node) throws IOException {
        String json = node.toString();
        for (String before = ""; !before.equals(json); ) {
            before = json;
            json = json.replaceAll("\"[A-Za-z]+\":(\\{}|null),?", "").replace(",}", "}");
        }
        return new ObjectMapper().readTree(json.replace(":4294967296", ":\"4294967296\""));
    }
}
