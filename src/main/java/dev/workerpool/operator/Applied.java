package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What became of one desired object. */
sealed interface Applied<T extends HasMetadata> {

    /** It is as it should be; {@code live} is the newest that was seen of it. */
    record Present<T extends HasMetadata>(T live) implements Applied<T> {}

    /** An object of that name is somebody else's; it was not touched. */
    record NameTaken<T extends HasMetadata>(String kind, String name) implements Applied<T> {}

    /** The API server does not take it; {@code message} is its answer. */
    record Refused<T extends HasMetadata>(String kind, String message) implements Applied<T> {}
}
