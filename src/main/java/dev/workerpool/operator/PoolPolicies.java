package dev.workerpool.operator;

import dev.workerpool.desired.BrokerPlace;
import dev.workerpool.desired.PoolNetwork;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.desired.SingletonObjects;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Optional;

/** A pool's NetworkPolicy: kept where its spec has access, gone where it has none. */
final class PoolPolicies {
    /** Connections that nobody has any more go without telling pools. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private static final ConditionType TYPE = ConditionType.NetworkPolicyApplied;

    private final PoolCaches caches;
    private final BrokerSecretsCache made;
    private final PolicyApplier applier;

    PoolPolicies(PoolCaches caches, BrokerSecretsCache made, PolicyApplier applier) {
        this.caches = caches;
        this.made = made;
        this.applier = applier;
    }

    /**
     * What came of it.
     *
     * @param fault why the pool must not go on to new pods
     * @param told what is to be said of a pool that asks for one
     * @param again when to look anew
     */
    record Kept(Optional<Note> fault, Optional<Verdict> told, Optional<Duration> again) {
        static final Kept NOTHING = new Kept(Optional.empty(), Optional.empty(), Optional.empty());
    }

    Kept keep(PoolSettings settings, BrokerView broker) {
        if (!PoolNetwork.isAsked(settings.spec())) {
            remove(settings, settings.identity().name());
            remove(settings, PoolNetwork.nameOfSingletons(settings));
            return Kept.NOTHING;
        }
        return switch (broker) {
            case BrokerView.Usable usable -> keep(settings, usable);
            case BrokerView.Missing missing -> waiting();
            case BrokerView.Unproven unproven -> waiting();
        };
    }

    private static Kept waiting() {
        Verdict later = Verdict.unknown(TYPE, "WaitingForBroker", "where the broker is has not been proven yet");
        return new Kept(Optional.empty(), Optional.of(later), Optional.empty());
    }

    private Kept keep(PoolSettings settings, BrokerView.Usable usable) {
        String namespace = settings.identity().namespace();
        Optional<NetworkPolicy> live = live(settings, settings.identity().name());
        if (made.get(namespace, usable.proven().connectionSecret()).isEmpty()) {
            return new Kept(Optional.empty(), waiting().told(), Optional.of(Duration.ofSeconds(1)));
        }
        Optional<BrokerPlace> place = caches.broker(namespace, settings.broker())
                .map(known -> BrokerPlace.of(known, made.connectionsOf(known)));
        // While it does not answer all stay where they are, wherever its spec leads to by now.
        Optional<NetworkPolicyEgressRule> rule = usable.trouble().isPresent() && live.isPresent()
                ? live.flatMap(PoolNetwork::toBroker)
                : place.flatMap(PoolNetwork::toBroker);
        if (SingletonObjects.asked(settings).isEmpty()) {
            remove(settings, PoolNetwork.nameOfSingletons(settings));
            return ensured(PoolNetwork.policy(settings, rule), rule, place);
        }
        Kept ofSingletons = ensured(PoolNetwork.ofSingletons(settings, rule), rule, place);
        return ofSingletons.fault().isPresent()
                ? ofSingletons
                : ensured(PoolNetwork.policy(settings, rule), rule, place);
    }

    private Kept ensured(NetworkPolicy desired, Optional<NetworkPolicyEgressRule> rule, Optional<BrokerPlace> place) {
        return switch (applier.ensure(desired, caches.policies())) {
            case Applied.Present<NetworkPolicy> present ->
                new Kept(
                        Optional.empty(),
                        Optional.of(told(rule)),
                        Optional.of(LOOK_AGAIN)
                                .filter(time ->
                                        place.filter(BrokerPlace::settled).isEmpty()));
            case Applied.NameTaken<NetworkPolicy> taken -> refused(PoolWriter.conflict(taken));
            case Applied.Refused<NetworkPolicy> refused -> refused(PoolWriter.refusal(refused));
        };
    }

    private static Verdict told(Optional<NetworkPolicyEgressRule> rule) {
        return rule.map(known -> Verdict.holds(
                        TYPE,
                        "Applied",
                        "nobody reaches the workers, and they reach their broker%s, name servers and what access.egress lists, where the cluster's network enforces it"
                                .formatted(known.getTo().isEmpty() ? " (its ports, at any address)" : "")))
                .orElseGet(
                        () -> Verdict.fails(
                                TYPE,
                                "PortsUnknown",
                                "nobody reaches the workers, but whom they reach is open: on which ports all servers listen is known to sentinels and nodes alone; name them in the Broker's network.ports"));
    }

    private static Kept refused(Note why) {
        return new Kept(
                Optional.of(why), Optional.of(Verdict.fails(TYPE, why.reason(), why.message())), Optional.empty());
    }

    private void remove(PoolSettings settings, String name) {
        applier.remove(live(settings, name), settings.identity().uid());
    }

    private Optional<NetworkPolicy> live(PoolSettings settings, String name) {
        return caches.policies().get(new ResourceID(name, settings.identity().namespace()));
    }
}
