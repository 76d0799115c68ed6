package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrugalTest {
    private static final String DEPLOYMENT = """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "mail", "resourceVersion": "7", "managedFields": [
              {"manager": "kube-controller-manager", "operation": "Update", "fieldsV1": {"f:status": {"f:replicas": {}}}},
              {"manager": "workerpool-operator", "operation": "Apply", "fieldsV1": {"f:spec": {"f:template": {}}}},
              {"manager": "kubectl", "operation": "Update", "fieldsV1": {"f:metadata": {}}},
              {"manager": "workerpool-operator", "operation": "Update", "fieldsV1": {"f:spec": {"f:replicas": {}}}}]},
             "spec": {"replicas": 3}}
            """;

    private final KubernetesSerialization frugal = Frugal.serialization();

    @Test
    void what_others_manage_is_left_out_and_what_is_ours_is_shared_by_those_that_look_alike() {
        List<ManagedFieldsEntry> mail = entries("mail");
        assertEquals("kube-controller-manager", mail.getFirst().getManager());
        assertNull(mail.getFirst().getFieldsV1());
        FieldsV1 ours = mail.get(1).getFieldsV1();
        assertEquals(1, ours.getAdditionalProperties().size());
        assertSame(
                ours.getAdditionalProperties().get("f:spec"),
                entries("images").get(1).getFieldsV1().getAdditionalProperties().get("f:spec"));
    }

    @Test
    void the_operators_own_client_reads_so() {
        try (KubernetesClient client = KubernetesConnection.open(
                new OperatorConfig(Set.of(), Optional.empty()), Optional.empty(), new Term(Duration.ZERO, () -> 0))) {
            Deployment read = client.getKubernetesSerialization().unmarshal(DEPLOYMENT, Deployment.class);
            assertNull(read.getMetadata().getManagedFields().getFirst().getFieldsV1());
        }
    }

    @Test
    void texts_that_are_alike_are_there_once() {
        assertSame(read("mail").getKind(), read("images").getKind());
        assertSame(
                read("mail").getMetadata().getManagedFields().getFirst().getManager(),
                read("images").getMetadata().getManagedFields().getFirst().getManager());
    }

    @Test
    void the_rest_is_read_as_ever() {
        assertEquals(3, read("mail").getSpec().getReplicas());
    }

    /** Though nothing but their managers is known of them. */
    @Test
    void others_entries_stay_in_their_places_when_ours_are_made_one() {
        assertEquals("""
                [{"op":"test","path":"/metadata/resourceVersion","value":"7"},\
                {"op":"replace","path":"/metadata/managedFields/1","value":{"fieldsV1":{"f:spec":{"f:template":{},"f:replicas":{}}},\
                "manager":"workerpool-operator","operation":"Apply"}},\
                {"op":"remove","path":"/metadata/managedFields/3"}]""", ManagedFields.patch(read("mail")).toString());
    }

    private List<ManagedFieldsEntry> entries(String name) {
        return read(name).getMetadata().getManagedFields();
    }

    private Deployment read(String name) {
        return frugal.unmarshal(DEPLOYMENT.replace("mail", name), Deployment.class);
    }
}
