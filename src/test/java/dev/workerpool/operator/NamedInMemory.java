package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Secrets and ConfigMaps that are there. */
final class NamedInMemory implements Referents {
    private final Map<String, HasMetadata> objects = new HashMap<>();
    private Set<Name> followed = Set.of();

    void secret(String name, Map<String, String> text) {
        Map<String, String> data = new HashMap<>();
        text.forEach((key, value) ->
                data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        put(new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build());
    }

    void configMap(String name, Map<String, String> data) {
        put(new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build());
    }

    void put(HasMetadata object) {
        objects.put(object.getKind() + object.getMetadata().getName(), object);
    }

    Set<Name> followed() {
        return followed;
    }

    @Override
    public void follow(ResourceID broker, Set<Name> names) {
        followed = names;
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable((Secret) objects.get("Secret" + name));
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.ofNullable((ConfigMap) objects.get("ConfigMap" + name));
    }
}
