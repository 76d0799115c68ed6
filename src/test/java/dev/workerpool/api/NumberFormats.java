package dev.workerpool.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The widths of whole numbers, which the generator drops: without them the API server stores numbers that the
 * operator's types cannot hold, and one such object would end the watch of all.
 */
final class NumberFormats {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NumberFormats() {}

    static void addTo(JSONSchemaProps schema, Class<?> type) {
        add(schema, MAPPER.constructType(type));
    }

    private static void add(JSONSchemaProps schema, JavaType type) {
        if ("integer".equals(schema.getType())) {
            schema.setFormat(format(type));
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

    private static @Nullable String format(JavaType type) {
        if (type.hasRawClass(Integer.class) || type.hasRawClass(int.class)) {
            return "int32";
        }
        return type.hasRawClass(Long.class) || type.hasRawClass(long.class) ? "int64" : null;
    }
}
