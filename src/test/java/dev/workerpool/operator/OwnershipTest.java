package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final String OURS = "workerpool-operator";
    private static final String DESIRED = """
            metadata: {name: mail, labels: {team: shop}}
            spec:
              replicas: 3
              template:
                spec:
                  containers:
                    - name: worker
                      image: example.com/worker
                      args: [-c, "3"]
                      env: [{name: A, value: ""}]
                      ports: [{containerPort: 80}]
            """;
    private static final String ALL = """
            {"f:metadata": {"f:labels": {"f:team": {}}},
             "f:spec": {"f:template": {"f:spec": {"f:containers": {"k:{\\"name\\":\\"worker\\"}": {
               ".": {}, "f:name": {}, "f:image": {}, "f:args": {},
               "f:env": {"k:{\\"name\\":\\"A\\"}": {".": {}, "f:name": {}}},
               "f:ports": {"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}": {".": {}, "f:containerPort": {}}}
             }}}}}}
            """;

    private final Ownership ownership = new Ownership(OURS);

    @Test
    void what_was_applied_and_is_all_ours_still_is_not_lost() {
        assertFalse(lost(entry(OURS, ALL)));
    }

    @Test
    void a_field_that_went_to_somebody_else_is_lost() {
        assertTrue(lost(entry(OURS, ALL.replace("\"f:image\": {}, ", ""))));
        assertTrue(lost(entry(OURS, ALL.replace("\"f:args\": {},", ""))));
        assertTrue(lost(entry(OURS, ALL.replace("{\"f:team\": {}}", "{}").replace("\"f:labels\": {}", "\"f:x\": {}"))));
    }

    @Test
    void an_item_that_somebody_took_out_is_lost() {
        assertTrue(lost(entry(OURS, ALL.replace("k:{\\\"name\\\":\\\"worker\\\"}", "k:{\\\"name\\\":\\\"other\\\"}"))));
    }

    @Test
    void replicas_are_compared_by_value_elsewhere() {
        assertFalse(ALL.contains("replicas"));
        assertFalse(lost(entry(OURS, ALL)));
    }

    @Test
    void what_is_owned_by_creating_and_by_applying_is_owned() {
        String labels = "{\"f:metadata\": {\"f:labels\": {\"f:team\": {}}}}";
        String spec = ALL.replace("\"f:metadata\": {\"f:labels\": {\"f:team\": {}}},", "");
        assertFalse(lost(entry(OURS, labels), entry(OURS, spec)));
        assertTrue(lost(entry(OURS, spec)));
    }

    @Test
    void what_others_own_is_not_ours() {
        assertTrue(lost(entry("kubectl", ALL)));
    }

    @Test
    void the_status_is_another_story() {
        ManagedFieldsEntry status = new ManagedFieldsEntryBuilder(entry(OURS, ALL))
                .withSubresource("status")
                .build();
        assertTrue(lost(status));
        assertEquals(0, ownership.owned(deployment(List.of(status))).size());
    }

    private boolean lost(ManagedFieldsEntry... entries) {
        return ownership.lost(Serialization.unmarshal(DESIRED, Deployment.class), deployment(List.of(entries)));
    }

    private static Deployment deployment(List<ManagedFieldsEntry> entries) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withManagedFields(entries)
                .endMetadata()
                .build();
    }

    private static ManagedFieldsEntry entry(String manager, String fields) {
        try {
            return new ManagedFieldsEntryBuilder()
                    .withManager(manager)
                    .withFieldsV1(new ObjectMapper().readValue(fields, FieldsV1.class))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(fields, e);
        }
    }
}
