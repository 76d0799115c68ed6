package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for the lease, renews it, and lets go of it. As client-go does, it takes over a lease that has not changed
 * while <em>it</em> watched for as long as the lease lasts: clocks of two machines are never compared. (fabric8's own
 * elector compares them, and never releases a lease of an operator that is told to stop.)
 */
final class Elector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Elector.class);
    private static final Duration RELEASE_WITHIN = Duration.ofSeconds(5);

    private final OperatorConfig.Lease config;
    private final LeaseStore store;
    private final Leases leases;
    private final Term term;
    private final Office office;
    private final ScheduledExecutorService alone = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("elector").factory());

    /** What this process holds, or what it has seen of another's; used by one thread alone. */
    private Optional<Lease> held = Optional.empty();

    private Optional<Seen> seen = Optional.empty();

    private Optional<Future<?>> turns = Optional.empty();

    /** What begins and ends with the lease. */
    interface Office {
        void taken();

        /** Returns when nothing of it is under way any more; before that the lease is not stood for again. */
        void lost();
    }

    /** Another's lease, and when it was first seen so. */
    private record Seen(Optional<LeaseSpec> spec, long at) {}

    Elector(OperatorConfig.Lease config, LeaseStore store, Leases leases, Term term, Office office) {
        this.config = config;
        this.store = store;
        this.leases = leases;
        this.term = term;
        this.office = office;
    }

    void stand() {
        long period = config.retryPeriod().toMillis();
        turns = Optional.of(alone.scheduleWithFixedDelay(this::turn, 0, period, TimeUnit.MILLISECONDS));
    }

    /** Runs every retry period: one step, of whatever is due. */
    void turn() {
        try {
            if (held.isPresent()) {
                renew(held.get());
            } else {
                apply();
            }
        } catch (KubernetesClientException e) {
            LOG.warn("the lease could not be {}: {}", held.isPresent() ? "renewed" : "looked at", why(e));
        } catch (RuntimeException e) {
            LOG.error("standing for the lease", e);
        }
        if (held.isPresent() && !term.runs()) {
            lose("it was not renewed in time");
        }
    }

    private void renew(Lease mine) {
        try {
            hold(mine, false);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_CONFLICT) {
                throw e;
            }
            Optional<Lease> now = store.read();
            if (now.filter(leases::isMine).isEmpty()) {
                lose("another has taken it");
            } else {
                held = now; // somebody has put a label on it
            }
        }
    }

    private void hold(Lease lease, boolean anew) {
        long sent = term.now();
        Lease written = lease.getMetadata().getResourceVersion() == null
                ? store.create(lease)
                : store.replace(anew ? leases.taken(lease) : leases.renewed(lease));
        held = Optional.of(written);
        term.renewed(sent);
    }

    private void apply() {
        Optional<Lease> present = store.read();
        if (present.isPresent() && !isToBeHad(present.get())) {
            return;
        }
        try {
            hold(present.orElseGet(leases::first), true);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_CONFLICT) {
                return; // another was quicker
            }
            throw e;
        }
        seen = Optional.empty();
        LOG.info("leads as {}", config.identity());
        office.taken();
    }

    /** A lease of this process's own is one that it has lost for want of an answer; nobody has taken it since. */
    private boolean isToBeHad(Lease lease) {
        if (leases.isFree(lease) || leases.isMine(lease)) {
            return true;
        }
        Optional<LeaseSpec> spec = Optional.ofNullable(lease.getSpec());
        if (seen.filter(before -> before.spec().equals(spec)).isEmpty()) {
            seen = Optional.of(new Seen(spec, term.now()));
        }
        long unchanged = term.now() - seen.get().at();
        return unchanged > leases.duration(lease).toNanos();
    }

    private void lose(String why) {
        LOG.warn("no longer leads: {}", why);
        term.end();
        held = Optional.empty();
        seen = Optional.empty();
        office.lost();
        LOG.info("stands by");
    }

    private static String why(KubernetesClientException e) {
        return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause());
    }

    void release() {
        if (held.isEmpty()) {
            return;
        }
        // First of all no more writes: the next leader begins as soon as it sees the lease free.
        term.end();
        try {
            Lease free = leases.released(held.get());
            held = Optional.empty();
            store.replace(free);
            LOG.info("released the lease");
        } catch (KubernetesClientException e) {
            LOG.warn("the lease could not be released, and ends by itself: {}", why(e));
        }
    }

    /** Releases the lease where it is held. */
    @Override
    public void close() {
        turns.ifPresent(regular -> regular.cancel(false));
        try {
            alone.submit(this::release).get(RELEASE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the lease was not released, and ends by itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        alone.shutdownNow();
    }
}
