package dev.workerpool.desired;

import dev.workerpool.api.Api;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** Which pool. */
public record PoolIdentity(String namespace, String name, String uid) {

    /** Owned and collected with the pool. */
    public OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(Api.GROUP + "/" + Api.VERSION)
                .withKind("WorkerPool")
                .withName(name)
                .withUid(uid)
                .withController(true)
                .build();
    }
}
