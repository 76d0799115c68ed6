package dev.workerpool.operator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the API server says without what nobody here looks at. The caches hold every pool with its children, and most of that
 * was {@code managedFields}, a map for each field: at a thousand pools some 20 MB.
 */
final class Frugal {
    private Frugal() {}

    /** Knows no kind yet but the ones that it is told of. */
    static KubernetesSerialization serialization() {
        return new KubernetesSerialization(new ObjectMapper().addMixIn(ObjectMeta.class, Meta.class), false);
    }

    /** Stands over {@link ObjectMeta}. */
    private interface Meta {
        @JsonProperty("managedFields")
        @JsonDeserialize(contentConverter = Ours.class)
        void setManagedFields(List<ManagedFieldsEntry> entries);
    }

    /** Who else manages an object stays known, and which fields are ours; children that look alike share one tree. */
    static final class Ours extends StdConverter<ManagedFieldsEntry, ManagedFieldsEntry> {
        private static final Map<FieldsV1, WeakReference<FieldsV1>> TREES = new WeakHashMap<>();

        @Override
        public ManagedFieldsEntry convert(ManagedFieldsEntry entry) {
            entry.setFieldsV1(Labels.OPERATOR.equals(entry.getManager()) ? shared(entry.getFieldsV1()) : null);
            return entry;
        }

        private static @Nullable FieldsV1 shared(@Nullable FieldsV1 tree) {
            if (tree == null) {
                return null;
            }
            synchronized (TREES) {
                WeakReference<FieldsV1> known = TREES.computeIfAbsent(tree, WeakReference::new);
                return Objects.requireNonNullElse(known.get(), tree);
            }
        }
    }
}
