package dev.workerpool.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from {@code managedFields} whether a live object still holds what was applied to it. Who changes a field takes
 * its ownership, so a field that is ours still has our value; values need not be compared, and what the API server
 * normalises ({@code 1000m}, empty lists, defaults) is no change.
 */
final class Ownership {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Never stated by an applier, or stated and compared by value elsewhere. */
    private static final Set<String> NOT_COMPARED = Set.of("apiVersion", "kind", "status");

    private static final Set<String> COMPARED_METADATA = Set.of("labels", "annotations", "ownerReferences");

    private final String manager;

    Ownership(String manager) {
        this.manager = manager;
    }

    /** Whether some field of the desired object is not ours in the live one. Replicas are compared by value, not here. */
    boolean lost(HasMetadata desired, HasMetadata live) {
        ObjectNode owned = owned(live);
        ObjectNode wanted = JSON.valueToTree(desired);
        NOT_COMPARED.forEach(wanted::remove);
        ((ObjectNode) wanted.get("metadata")).retain(COMPARED_METADATA);
        if (wanted.get("spec") instanceof ObjectNode spec) {
            spec.remove("replicas");
        }
        // An empty tree below the top means a field that is owned as a whole; at the top, that nothing is.
        return owned.isEmpty() || !owns(wanted, owned);
    }

    /** All that this manager owns, by whatever operation, as one tree of fieldsV1. */
    ObjectNode owned(HasMetadata live) {
        ObjectNode all = JSON.createObjectNode();
        live.getMetadata().getManagedFields().stream()
                .filter(entry -> manager.equals(entry.getManager()) && isWhole(entry))
                .map(entry -> JSON.<JsonNode>valueToTree(entry.getFieldsV1()))
                .forEach(tree -> merge(all, tree));
        return all;
    }

    static boolean isWhole(ManagedFieldsEntry entry) {
        return entry.getSubresource() == null || entry.getSubresource().isEmpty();
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode present) {
                merge(present, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private static boolean owns(JsonNode wanted, JsonNode owned) {
        if (isZero(wanted) || owned.isEmpty()) {
            return true; // nothing to own, or owned as a whole
        }
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(field -> {
                JsonNode below = owned.get("f:" + field.getKey());
                return below == null ? isZero(field.getValue()) : owns(field.getValue(), below);
            });
        }
        if (wanted.isArray()) {
            return ownsItems(wanted, owned);
        }
        return true;
    }

    private static boolean ownsItems(JsonNode wanted, JsonNode owned) {
        for (JsonNode item : wanted) {
            Optional<JsonNode> below = item(item, owned);
            if (below.isEmpty() || !owns(item, below.get())) {
                return false;
            }
        }
        return true;
    }

    /** The item's fields, by its keys ({@code k:{"name":"worker"}}) or, in a set, by its value ({@code v:"x"}). */
    private static Optional<JsonNode> item(JsonNode item, JsonNode owned) {
        for (Iterator<Map.Entry<String, JsonNode>> all = owned.properties().iterator(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = all.next();
            String key = entry.getKey();
            if ((key.startsWith("k:") && hasKeys(item, parsed(key.substring(2))))
                    || (key.startsWith("v:") && parsed(key.substring(2)).equals(item))) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** A key that the item leaves out has the server's default, such as a port's protocol. */
    private static boolean hasKeys(JsonNode item, JsonNode keys) {
        return keys.properties().stream()
                .allMatch(
                        key -> !item.has(key.getKey()) || item.get(key.getKey()).equals(key.getValue()));
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException("managedFields that are no JSON", e);
        }
    }

    /** The API server drops such values, so nobody owns them. */
    private static boolean isZero(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty())
                || (value.isNumber() && value.asDouble() == 0)
                || (value.isBoolean() && !value.booleanValue());
    }
}
