package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An object of a known kind in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
@SchemaCustomizer(AtomicMap.class)
@ValidationRule(value = Api.NAME_RULE, message = Api.NAME_MESSAGE, fieldPath = ".name")
public record ObjectRef(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the object, in the same namespace")
        String name) {}
