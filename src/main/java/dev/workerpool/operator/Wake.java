package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Wakes a reconciler for reasons that no informer sees; several calls before it runs are one. Tells, too, of objects
 * that are gone: without finalizers no reconcile does.
 */
final class Wake<P extends HasMetadata> extends AbstractEventSource<Void, P> implements ResourceEventAware<P> {
    private final Consumer<P> gone;
    private volatile Optional<Cache<P>> all = Optional.empty();

    Wake(String name, Consumer<P> gone) {
        super(Void.class, name);
        this.gone = gone;
    }

    void wake(ResourceID id) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(id));
        }
    }

    /** Knows from now on whom {@link #wakeAll} wakes. */
    Wake<P> over(Cache<P> all) {
        this.all = Optional.of(all);
        return this;
    }

    void wakeAll() {
        all.ifPresent(cache -> cache.keys().forEach(this::wake));
    }

    @Override
    public void onResourceDeleted(P deleted) {
        gone.accept(deleted);
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
