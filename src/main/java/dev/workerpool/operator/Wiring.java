package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.ClientSecrets;
import dev.workerpool.desired.OwnPods;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.operator.BrokerReconciler.BrokerParts;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.tls.SystemRoots;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Who knows whom. What needs the caches of a controller is made when JOSDK asks that controller for its event sources,
 * which it does while registering it.
 */
final class Wiring implements AutoCloseable {
    /** One connection each time, of a Broker with TLS whose pools are measured. */
    private static final Duration LOOK_AT_CERTIFICATES_EVERY = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final BrokerClient brokers;
    private final Listeners listeners;
    private final Clock clock;
    private final Optional<OwnPods> self;
    private final EventRecorder events;
    private final Applier applier;
    private final PodCache pods;
    private final Wake<Broker> brokerWake = new Wake<>("broker-wake", this::brokerGone);
    private final Wake<WorkerPool> poolWake = new Wake<>("pool-wake", this::poolGone);
    private final WatchedReferents referents;
    private final ForeignWorkloads foreign;
    private final Supplier<List<X509Certificate>> systemRoots;
    private final ConnectionSource source;
    private final ClientHolders holders;
    private final FormerUse formerUse;
    private final FormerUse formerClients;
    private final SigningClients signingClients;
    private final Mint mint = new Mint();
    private final BrokerSecretsCache made;
    private final Deliveries deliveries;
    private final Turns turns;
    private final PoolReconciler poolReconciler;
    private final Gate gate = new Gate();
    private final Backoff provingAgain = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final CertificateLooks looks;
    private final SideSessions sides;
    private final Trials trials;
    private final AtomicReference<Optional<Assembled>> assembled = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Issuing>> issuing = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<SigningRounds>> signing = new AtomicReference<>(Optional.empty());

    /** Who hears of what happens. */
    record Listeners(PoolListener pools, BrokerListener brokers) {}

    /** What could be made once the pool controller's caches were there. */
    private record Assembled(PoolCaches caches, BrokerSessions sessions, PoolMonitor monitor) {}

    Wiring(KubernetesClient client, BrokerClient brokers, OperatorConfig config, Listeners listeners, Clock clock) {
        this.client = client;
        this.brokers = brokers;
        this.listeners = listeners;
        this.clock = clock;
        this.self = config.self();
        this.sides = new SideSessions(brokers, broker -> brokerWake.wake(broker.id()));
        this.trials = new Trials(brokers, clock);
        this.looks = new CertificateLooks(clock, LOOK_AT_CERTIFICATES_EVERY);
        this.events = new EventRecorder(client, clock);
        this.applier = new Applier(client);
        this.made = new BrokerSecretsCache(client);
        this.deliveries = new Deliveries(new CertManager(client, clock), made, clock);
        this.turns = new Turns(this::wakePool, clock);
        this.pods = PodCache.start(client, config.namespaces(), this::wakePool);
        this.referents = new WatchedReferents(client, brokerWake::wake);
        this.foreign = new ForeignWorkloads(client, this::wakePool);
        // They are many: read while the caches fill.
        this.systemRoots = CompletableFuture.supplyAsync(SystemRoots::load)::join;
        this.source = new ConnectionSource(referents, systemRoots, clock);
        this.holders = new ClientHolders(client, clock);
        this.formerUse = new FormerUse(holders::of, clock);
        this.formerClients = new FormerUse(holders::of, clock);
        this.signingClients =
                new SigningClients(made, new FormerUse(holders::of, clock), new FormerUse(holders::orUnsigned, clock));
        this.poolReconciler = new PoolReconciler(this::assemble, poolWake, gate, clock);
    }

    PoolReconciler poolReconciler() {
        return poolReconciler;
    }

    BrokerReconciler brokerReconciler() {
        Assembled all = assembled.get().orElseThrow();
        return new BrokerReconciler(
                new BrokerParts(
                        source,
                        all.sessions(),
                        new SecretSweeper(client, secret -> isInUse(secret, all.caches())),
                        new Lifetimes(systemRoots),
                        new BrokerReconciler.Audience(new BrokerEvents(events), listeners.brokers()),
                        new Writers(all)),
                brokerWake,
                gate,
                clock);
    }

    /** Who mounts a client's Secret is none of ours, and is not watched. */
    private boolean isInUse(Secret secret, PoolCaches caches) {
        String namespace = secret.getMetadata().getNamespace();
        String name = secret.getMetadata().getName();
        return pods.someoneUses(namespace, name)
                || caches.someTemplateNames(namespace, name)
                || (ClientSecrets.isOne(secret) && holders.someoneNames(namespace, name));
    }

    private final class Writers implements BrokerReconciler.Writers {
        private final Assembled all;

        Writers(Assembled all) {
            this.all = all;
        }

        @Override
        public BrokerProver prover(InformerEventSource<Secret, Broker> secrets) {
            return new BrokerProver(asked(all), applier, secrets, new BrokerProver.Pace(clock, provingAgain, looks));
        }

        @Override
        public SigningRounds signing(InformerEventSource<Secret, Broker> secrets) {
            return Wiring.this.signing(secrets, all);
        }

        @Override
        public Clients clients(InformerEventSource<Secret, Broker> secrets) {
            return new Clients(
                    new Clients.Writes(applier, new ClientIdentities(mint, deliveries::client, clock)),
                    secrets,
                    formerUse,
                    systemRoots,
                    clock);
        }

        @Override
        public BrokerPolicies policies(InformerEventSource<NetworkPolicy, Broker> policies) {
            return new BrokerPolicies(new PolicyApplier(applier), policies, self);
        }

        @Override
        public Issuing issuing(InformerEventSource<Secret, Broker> secrets) {
            made.over(secrets);
            FormerClients former =
                    new FormerClients(key -> made.clientsAt(key.namespace(), key.name()), formerClients::of);
            FormerHolders formerHolders = new FormerHolders(all.caches(), pods, made, former);
            ClientAuthorities authorities =
                    new ClientAuthorities(new LastingSecrets(client, secrets), brokers, mint, formerHolders, clock);
            SecretSweeper sweeper = new SecretSweeper(client, secret -> isInUse(secret, all.caches()));
            Issuing all = new Issuing(
                    new Issuing.By(authorities, certManager(secrets, formerHolders)),
                    made,
                    sweeper,
                    new OwnLeaves(mint, clock),
                    clock);
            issuing.set(Optional.of(all));
            return all;
        }
    }

    private SigningRounds signing(InformerEventSource<Secret, Broker> secrets, Assembled all) {
        SigningRounds rounds = new SigningRounds(
                new LastingSecrets(client, secrets),
                new SigningRounds.Holders(
                        new SigningPools(all.caches(), pods),
                        signingClients,
                        this::wakePool,
                        made,
                        new SecretSweeper(client, secret -> isInUse(secret, all.caches()))),
                mint,
                clock);
        signing.set(Optional.of(rounds));
        return rounds;
    }

    private CertManagerRounds certManager(
            InformerEventSource<Secret, Broker> secrets, ClientAuthorities.FormerUse formerHolders) {
        return new CertManagerRounds(
                deliveries,
                new LastingSecrets(client, secrets),
                brokers,
                formerHolders,
                new CertManagerRounds.Holders(assembled.get().orElseThrow().caches(), this::wakePool),
                clock);
    }

    private BrokerProver.Asked asked(Assembled all) {
        var pools = new Moves.Pools(all.caches()::poolsOf, all.monitor()::running);
        return new BrokerProver.Asked(
                brokers,
                all.sessions(),
                new Moves(pools, all.sessions(), sides, trials, clock),
                new FormerServers(pools, all.sessions(), sides, trials, clock));
    }

    private PoolRounds assemble(PoolCaches caches) {
        PoolMonitor monitor = new PoolMonitor(
                clock,
                settings -> fleet(caches, settings),
                new News(key -> caches.pool(key.namespace(), key.name()), clock),
                this::wakePool,
                listeners.pools());
        BrokerSessions sessions = new BrokerSessions(brokers, monitor, broker -> brokerWake.wake(broker.id()), clock);
        assembled.set(Optional.of(new Assembled(caches, sessions, monitor)));
        Singletons singletons = new Singletons(client, applier, caches);
        PoolWriter writer = new PoolWriter(
                caches,
                foreign,
                new Handouts(
                        caches,
                        new PoolIdentities(made, mint, clock),
                        new PoolDeliveries(deliveries, made),
                        new PoolSignings(made, this::wakeBroker),
                        turns,
                        singletons),
                new DeploymentApplier(client, applier, caches.deployments()),
                new PoolPolicies(caches, made, new PolicyApplier(applier)),
                singletons,
                listeners.pools());
        return new PoolRounds(
                caches,
                foreign,
                sessions,
                monitor,
                writer,
                new Evictor(client, pods, clock),
                new PoolRounds.Audience(new PoolEvents(events), listeners.pools()));
    }

    private Fleet fleet(PoolCaches caches, PoolSettings settings) {
        PoolKey key = PoolRounds.key(settings);
        return settings.workload()
                .map(name -> fleet(foreign.live(key, name), foreign.pods(key, name)))
                .orElseGet(() -> fleet(
                        caches.deployment(key.namespace(), key.name()), pods.ofPool(key.namespace(), key.name())));
    }

    private static Fleet fleet(Optional<Deployment> deployment, List<Fleet.Pod> pods) {
        return new Fleet(
                deployment
                        .map(Deployment::getSpec)
                        .map(DeploymentSpec::getReplicas)
                        .orElse(0),
                deployment
                        .map(Deployment::getStatus)
                        .map(DeploymentStatus::getReadyReplicas)
                        .orElse(0),
                pods);
    }

    private void wakePool(PoolKey pool) {
        poolWake.wake(new ResourceID(pool.name(), pool.namespace()));
    }

    private void wakeBroker(BrokerKey broker) {
        brokerWake.wake(new ResourceID(broker.name(), broker.namespace()));
    }

    private void poolGone(WorkerPool pool) {
        wakeBroker(new BrokerKey(
                pool.getMetadata().getNamespace(), pool.getSpec().brokerRef().name()));
        poolReconciler.forget(pool);
        turns.forget(PoolReconciler.key(pool));
    }

    private void brokerGone(Broker broker) {
        source.forget(broker);
        provingAgain.reset(BrokerReconciler.key(broker));
        looks.forget(BrokerReconciler.key(broker));
        issuing.get().ifPresent(all -> all.forget(BrokerReconciler.key(broker)));
        signing.get().ifPresent(all -> all.forget(BrokerReconciler.key(broker)));
        formerUse.forget(BrokerReconciler.key(broker));
        formerClients.forget(BrokerReconciler.key(broker));
        trials.forget(BrokerReconciler.key(broker));
        sides.close(BrokerReconciler.key(broker));
        listeners.brokers().gone(BrokerReconciler.key(broker));
        assembled.get().ifPresent(all -> all.sessions().close(BrokerReconciler.key(broker)));
    }

    /** Returns once all is known that reconciling looks at. */
    void awaitCaches() {
        pods.awaitFilled();
    }

    /** From now on everything is reconciled: what came before, at once. */
    void lead() {
        gate.open();
        brokerWake.wakeAll();
        poolWake.wakeAll();
    }

    /** Returns when nothing is reconciled or measured any more; the caches stay warm. */
    void rest() {
        gate.close();
        turns.forgetAll();
        assembled.get().ifPresent(all -> {
            all.sessions().rest();
            all.monitor().forgetAll();
        });
        sides.close();
        trials.forgetAll();
        issuing.get().ifPresent(Issuing::forgetAll);
        signing.get().ifPresent(SigningRounds::forgetAll);
        listeners.brokers().noneKnown();
    }

    @Override
    public void close() {
        sides.close();
        assembled.get().ifPresent(all -> all.sessions().close());
        referents.close();
        foreign.close();
        pods.close();
    }
}
