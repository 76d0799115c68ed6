package dev.workerpool.operator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * Reads what the API server says without what nobody here looks at. The caches hold every pool with its children, and most of that
 * was {@code managedFields}, a map for each field: at a thousand pools some 20 MB.
 */
final class Frugal {
    private Frugal() {}

    /** Knows no kind yet but the ones that it is told of. */
    static KubernetesSerialization serialization() {
        ObjectMapper mapper = new ObjectMapper()
                .addMixIn(ObjectMeta.class, Meta.class)
                .registerModule(new SimpleModule("shared-strings").addDeserializer(String.class, new SharedStrings()));
        return new KubernetesSerialization(mapper, false);
    }

    /** Stands over {@link ObjectMeta}. */
    private interface Meta {
        @JsonProperty("managedFields")
        @JsonDeserialize(contentConverter = Ours.class)
        void setManagedFields(List<ManagedFieldsEntry> entries);
    }

    /** Who else manages an object stays known, and which fields are ours; what is alike in them is there once. */
    static final class Ours extends StdConverter<ManagedFieldsEntry, ManagedFieldsEntry> {
        private static final Map<Object, WeakReference<Object>> TREES = new WeakHashMap<>();

        @Override
        public ManagedFieldsEntry convert(ManagedFieldsEntry entry) {
            FieldsV1 fields = entry.getFieldsV1();
            if (!Labels.OPERATOR.equals(entry.getManager())) {
                entry.setFieldsV1(null);
            } else if (fields != null) {
                Map<String, Object> trees = new HashMap<>();
                fields.getAdditionalProperties().forEach((name, tree) -> trees.put(name, shared(tree)));
                fields.setAdditionalProperties(trees);
            }
            return entry;
        }

        /** Branch by branch: as a whole no two are alike, since the owner's uid stands among their names. */
        private static Object shared(Object tree) {
            if (!(tree instanceof Map<?, ?> branches)) {
                return tree;
            }
            Object small = branches.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, branch -> shared(branch.getValue())));
            synchronized (TREES) {
                WeakReference<Object> known = TREES.computeIfAbsent(small, WeakReference::new);
                return Objects.requireNonNullElse(known.get(), small);
            }
        }
    }
}
