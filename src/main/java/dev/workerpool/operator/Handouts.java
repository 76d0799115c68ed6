package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.Given;
import dev.workerpool.desired.IssuedIdentity.Owner;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.desired.Proven;
import dev.workerpool.operator.PoolIdentities.Held;
import dev.workerpool.operator.Turns.Turn;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.tls.Holder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a pool's workers are given of what its Broker gives: all that is new, or, while another pool of the Broker is rolling to it, what they
 * have.
 */
final class Handouts {
    private final PoolCaches caches;
    private final PoolIdentities identities;
    private final PoolDeliveries delivered;
    private final PoolSignings signings;
    private final Turns turns;
    private final Singletons singletons;

    Handouts(
            PoolCaches caches,
            PoolIdentities identities,
            PoolDeliveries delivered,
            PoolSignings signings,
            Turns turns,
            Singletons singletons) {
        this.caches = caches;
        this.signings = signings;
        this.identities = identities;
        this.delivered = delivered;
        this.turns = turns;
        this.singletons = singletons;
    }

    /** What follows for one pool. */
    sealed interface Handout {
        /** @param again when something else is due, without anybody telling so */
        record Give(Proven proven, Optional<Duration> again) implements Handout {}

        /** It goes on with what it has. */
        record Keep(Optional<Duration> again) implements Handout {}

        /** It goes on with what it has, or without anything: a person has to do something. */
        record Stuck(Note why) implements Handout {}

        /** There is nothing to begin with yet. */
        record Nothing(Note why) implements Handout {}
    }

    Handout of(PoolSettings settings, BrokerView.Usable usable, Optional<Deployment> live) {
        Optional<Broker> broker = caches.broker(settings.identity().namespace(), settings.broker());
        return switch (signings.of(settings, broker, live.isPresent())) {
            case PoolSignings.Offer.Unsigned unsigned -> without(settings, usable, live);
            case PoolSignings.Offer.Later later ->
                live.isPresent() ? new Handout.Keep(Optional.empty()) : new Handout.Nothing(later.why());
            case PoolSignings.Offer.Sign sign -> {
                Handout handout = without(
                        settings, usable.signingBy(sign.by().getMetadata().getName()), live);
                if (handout instanceof Handout.Give) {
                    signings.ensure(sign.by());
                }
                yield handout;
            }
        };
    }

    /** All but what messages are signed by, which goes with it. */
    private Handout without(PoolSettings settings, BrokerView.Usable usable, Optional<Deployment> live) {
        BrokerKey broker = new BrokerKey(settings.identity().namespace(), settings.broker());
        return usable.issuedBy()
                .map(provenBy -> issued(settings, usable, live, provenBy))
                .orElseGet(() -> shared(settings, broker, usable.proven(), live));
    }

    private Handout shared(PoolSettings settings, BrokerKey broker, Proven offered, Optional<Deployment> live) {
        if (hasAll(settings, offered, live)) {
            return settled(broker, settings, new Handout.Give(offered, Optional.empty()), live);
        }
        return mayBegin(settings, broker, live)
                .<Handout>map(wait -> new Handout.Keep(wait.again()))
                .orElseGet(() -> new Handout.Give(offered, Optional.empty()));
    }

    private Handout issued(
            PoolSettings settings, BrokerView.Usable usable, Optional<Deployment> live, String provenBy) {
        BrokerKey broker = new BrokerKey(settings.identity().namespace(), settings.broker());
        Optional<Broker> found = caches.broker(broker.namespace(), broker.name());
        Owner owner = Owner.of(settings);
        if (found.flatMap(IssuerTerms::of).filter(IssuerTerms::areCertManagers).isPresent()) {
            return switch (delivered.of(owner, found.get(), provenBy)) {
                case PoolDeliveries.Due.Later later -> new Handout.Keep(Optional.of(later.again()));
                case PoolDeliveries.Due.Stuck stuck -> new Handout.Stuck(stuck.why());
                case PoolDeliveries.Due.Now now ->
                    inTurn(settings, usable, live, now.held(), () -> delivered.copy(owner, now.what()));
            };
        }
        Optional<PoolIdentities.At> at = found.flatMap(now -> identities.at(now, provenBy));
        if (at.isEmpty()) {
            return live.isPresent()
                    ? new Handout.Keep(Optional.empty())
                    : new Handout.Nothing(
                            new Note("IdentityNotIssuedYet", "the authority for client certificates is just changing"));
        }
        return inTurn(
                settings,
                usable,
                live,
                identities.current(owner, at.get()),
                () -> identities.issue(owner, Holder.pool(owner.namespace(), owner.name()), at.get()));
    }

    /** @param make another, once it may be taken up */
    private Handout inTurn(
            PoolSettings settings,
            BrokerView.Usable usable,
            Optional<Deployment> live,
            Optional<Held> held,
            Supplier<Held> make) {
        BrokerKey broker = new BrokerKey(settings.identity().namespace(), settings.broker());
        Optional<Proven> offered = held.map(now -> usable.proven().identifiedBy(now.secret()));
        if (offered.isPresent() && hasAll(settings, offered.get(), live)) {
            return settled(broker, settings, new Handout.Give(offered.get(), held.map(Held::again)), live);
        }
        return mayBegin(settings, broker, live)
                .<Handout>map(wait -> new Handout.Keep(wait.again()))
                .orElseGet(() -> {
                    Held now = held.orElseGet(make);
                    return new Handout.Give(usable.proven().identifiedBy(now.secret()), Optional.of(now.again()));
                });
    }

    private Handout settled(BrokerKey broker, PoolSettings settings, Handout handout, Optional<Deployment> live) {
        PoolKey pool = PoolRounds.key(settings);
        if (live.filter(Handouts::rolls).isEmpty() && !singletons.roll(pool)) {
            turns.leave(broker, pool);
        }
        return handout;
    }

    private boolean hasAll(PoolSettings settings, Proven offered, Optional<Deployment> live) {
        return live.flatMap(Given::to)
                        .filter(given -> Given.isAll(settings, offered, given))
                        .isPresent()
                && singletons.haveAll(settings, offered);
    }

    /** What it waits for, where it is not its turn. A first connection, a pool without pods and what people changed wait for nobody. */
    private Optional<Turn.Wait> mayBegin(PoolSettings settings, BrokerKey broker, Optional<Deployment> live) {
        boolean restartsNobody = live.filter(Handouts::runs).isEmpty() && !singletons.exist(settings);
        if (live.isEmpty() || restartsNobody || !isGivesAlone(settings, live.get())) {
            return Optional.empty();
        }
        String own = settings.identity().name();
        Turn turn = turns.ask(
                broker,
                PoolRounds.key(settings),
                name -> rolls(broker.namespace(), name),
                () -> caches.poolsOf(broker).stream()
                        .map(PoolKey::name)
                        .filter(name -> !name.equals(own))
                        .filter(name -> rolls(broker.namespace(), name))
                        .findFirst());
        return turn instanceof Turn.Wait wait ? Optional.of(wait) : Optional.empty();
    }

    /** Its workers, or what runs once beside them. */
    private boolean rolls(String namespace, String pool) {
        return caches.deployment(namespace, pool).filter(Handouts::rolls).isPresent()
                || singletons.roll(new PoolKey(namespace, pool));
    }

    /** Whether nothing else is new to it than what its Broker gives. */
    private boolean isGivesAlone(PoolSettings settings, Deployment live) {
        boolean sameBroker = settings.broker()
                .equals(Objects.requireNonNullElse(live.getMetadata().getLabels(), Map.<String, String>of())
                        .get(Labels.BROKER));
        return sameBroker
                && singletons.areAsAsked(settings)
                && Given.to(live)
                        .map(given ->
                                Given.isAllThatChanged(settings, given, live).orElseGet(() -> isAsLastSeen(settings)))
                        .orElse(false);
    }

    /** Whether the pool is as its status tells of. */
    boolean isAsLastSeen(PoolSettings settings) {
        Optional<WorkerPool> pool =
                caches.pool(settings.identity().namespace(), settings.identity().name());
        return pool.map(WorkerPool::getStatus)
                .map(WorkerPoolStatus::observedGeneration)
                .equals(pool.map(now -> now.getMetadata().getGeneration()));
    }

    private static boolean runs(Deployment live) {
        return live.getSpec().getReplicas() != null
                && live.getSpec().getReplicas() > 0
                && !Boolean.TRUE.equals(live.getSpec().getPaused());
    }

    /**
     * Whether its newest template has not been rolled out yet. A Deployment's controller says {@code NewReplicaSetAvailable} from then on,
     * however its size changes.
     */
    static boolean rolls(Deployment live) {
        if (!runs(live)) {
            return false;
        }
        DeploymentStatus status = Objects.requireNonNullElseGet(live.getStatus(), DeploymentStatus::new);
        Long observed = status.getObservedGeneration();
        if (observed == null || observed < live.getMetadata().getGeneration()) {
            return true;
        }
        return Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
                .filter(condition -> "Progressing".equals(condition.getType()))
                .findFirst()
                .map(DeploymentCondition::getReason)
                .map(reason -> !"NewReplicaSetAvailable".equals(reason) && !"ProgressDeadlineExceeded".equals(reason))
                .orElseGet(() -> isIncomplete(live.getSpec().getReplicas(), status));
    }

    /** As the controller itself sees it; with a progressDeadlineSeconds of 2147483647 it says nothing. */
    private static boolean isIncomplete(int replicas, DeploymentStatus status) {
        return !Integer.valueOf(replicas).equals(status.getUpdatedReplicas())
                || !Integer.valueOf(replicas).equals(status.getReplicas())
                || !Integer.valueOf(replicas).equals(status.getAvailableReplicas());
    }
}
