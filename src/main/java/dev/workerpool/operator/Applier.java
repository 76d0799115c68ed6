package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Brings one object to what it should be. A cache miss is not absence, so what seems absent is created by POST, which
 * cannot touch another's object of the same name. What is there is applied only where it differs.
 */
final class Applier {
    static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final ManagedFields managedFields;
    private final Ownership ownership;

    Applier(KubernetesClient client) {
        this.client = client;
        this.managedFields = new ManagedFields(client);
        this.ownership = new Ownership(Labels.OPERATOR);
    }

    KubernetesClient client() {
        return client;
    }

    /** Creates or applies, or does nothing where the live object already is what is desired. */
    <T extends HasMetadata> Applied<T> ensure(T desired, InformerEventSource<T, ?> cache) {
        return bring(desired, cache, live -> differs(desired, live));
    }

    /** As {@link #ensure}, with a say of the caller's in what counts as different. */
    <T extends HasMetadata> Applied<T> bring(T desired, InformerEventSource<T, ?> cache, Predicate<T> differs) {
        ResourceID id = ResourceID.fromResource(desired);
        try {
            Optional<T> live = cache.get(id);
            if (live.isEmpty()) {
                return create(desired, cache, differs);
            }
            return present(desired, live.get(), cache, differs);
        } catch (KubernetesClientException e) {
            if (isRefusal(e)) {
                return new Applied.Refused<>(desired.getKind(), Refusals.message(e));
            }
            throw e;
        }
    }

    /** Whether what was rendered differs from what was last applied, or somebody else changed it since. */
    <T extends HasMetadata> boolean differs(T desired, T live) {
        return !rendered(desired).equals(rendered(live)) || ownership.lost(desired, live);
    }

    /**
     * The same of what has a pod template: while what that is made of is the same, the live one stays, whatever this version of the operator
     * would render.
     */
    <T extends HasMetadata> boolean isOutdated(T desired, T live) {
        return !Labels.annotation(desired, Labels.INPUTS).equals(Labels.annotation(live, Labels.INPUTS))
                || (rendered(desired).equals(rendered(live)) && differs(desired, live));
    }

    private <T extends HasMetadata> Applied<T> create(
            T desired, InformerEventSource<T, ?> cache, Predicate<T> differs) {
        try {
            T created =
                    client.resource(desired).fieldValidation(Validation.STRICT).create();
            cache.handleRecentResourceCreate(ResourceID.fromResource(desired), created);
            return new Applied.Present<>(created);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_CONFLICT) {
                throw e;
            }
            // Ours after all (an answer that was lost, a label taken off), or a stranger's.
            T live = client.resource(desired).get();
            if (live == null) {
                throw e;
            }
            return present(desired, live, cache, differs);
        }
    }

    private <T extends HasMetadata> Applied<T> present(
            T desired, T live, InformerEventSource<T, ?> cache, Predicate<T> differs) {
        if (!isOurs(desired, live)) {
            return new Applied.NameTaken<>(
                    desired.getKind(), desired.getMetadata().getName());
        }
        if (live.getMetadata().getDeletionTimestamp() != null || !differs.test(live)) {
            return new Applied.Present<>(live);
        }
        managedFields.takeOver(live);
        T applied = client.resource(desired)
                .fieldValidation(Validation.STRICT)
                .fieldManager(Labels.OPERATOR)
                .forceConflicts()
                .serverSideApply();
        cache.handleRecentResourceUpdate(ResourceID.fromResource(desired), applied, live);
        return new Applied.Present<>(applied);
    }

    /** Ours is what the same owner controls; labels can be put on anything by anyone. */
    private static boolean isOurs(HasMetadata desired, HasMetadata live) {
        return desired.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .allMatch(live::hasOwnerReferenceFor);
    }

    private static Optional<String> rendered(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.RENDERED));
    }

    /** The object itself is at fault, not the moment: trying again will not help before somebody changes something. */
    private static boolean isRefusal(KubernetesClientException e) {
        return e.getCode() == UNPROCESSABLE || e.getCode() == HTTP_BAD_REQUEST || e.getCode() == HTTP_FORBIDDEN;
    }
}
