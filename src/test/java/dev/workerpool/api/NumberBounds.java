package dev.workerpool.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;

/**
 * The bounds of numbers, which the generator drops: without them the API server would store numbers that the
 * operator's types cannot hold (it does not enforce formats), and one such object would end the watch of all.
 */
final class NumberBounds {
    /** As Kubernetes itself reads quantities; the same pattern as in the CRDs of others. */
    private static final String QUANTITY = "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|"
            + "([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NumberBounds() {}

    static void addTo(JSONSchemaProps schema, Class<?> type) {
        add(schema, MAPPER.constructType(type));
    }

    private static void add(JSONSchemaProps schema, JavaType type) {
        if (type.hasRawClass(Quantity.class)) {
            schema.setPattern(QUANTITY);
        } else if (type.hasRawClass(IntOrString.class)) {
            boundToInt(schema);
        } else if ("integer".equals(schema.getType())) {
            addToInteger(schema, type);
        } else if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            add(schema.getItems().getSchema(), type.getContentType());
        } else if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            add(schema.getAdditionalProperties().getSchema(), type.getContentType());
        } else if (schema.getProperties() != null) {
            addToProperties(schema.getProperties(), type);
        }
    }

    private static void addToProperties(Map<String, JSONSchemaProps> schemas, JavaType type) {
        List<BeanPropertyDefinition> properties =
                MAPPER.getSerializationConfig().introspect(type).findProperties();
        for (BeanPropertyDefinition property : properties) {
            JSONSchemaProps schema = schemas.get(property.getName());
            if (schema != null) {
                add(schema, property.getPrimaryType());
            }
        }
    }

    private static void addToInteger(JSONSchemaProps schema, JavaType type) {
        if (type.hasRawClass(Long.class)) {
            schema.setFormat("int64");
        } else {
            schema.setFormat("int32");
            boundToInt(schema);
        }
    }

    private static void boundToInt(JSONSchemaProps schema) {
        if (schema.getMinimum() == null) {
            schema.setMinimum((double) Integer.MIN_VALUE);
        }
        if (schema.getMaximum() == null) {
            schema.setMaximum((double) Integer.MAX_VALUE);
        }
    }
}
