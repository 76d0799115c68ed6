package dev.workerpool.operator;

import dev.workerpool.api.WorkerPool;
import dev.workerpool.desired.Injection;
import dev.workerpool.desired.PodSecurity;
import dev.workerpool.desired.PoolObjects;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.desired.Proven;
import dev.workerpool.operator.Handouts.Handout;
import dev.workerpool.scaling.Sizing;
import dev.workerpool.status.PoolSituation.Note;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;

/** Brings what a pool consists of to what it should be, and says what came of it. */
final class PoolWriter {
    private final PoolCaches caches;
    private final ForeignWorkloads foreign;
    private final Handouts handouts;
    private final Applier applier;
    private final DeploymentApplier deployments;
    private final PoolPolicies policies;
    private final Singletons singletons;
    private final PoolListener listener;

    PoolWriter(
            PoolCaches caches,
            ForeignWorkloads foreign,
            Handouts handouts,
            DeploymentApplier deployments,
            PoolPolicies policies,
            Singletons singletons,
            PoolListener listener) {
        this.caches = caches;
        this.foreign = foreign;
        this.handouts = handouts;
        this.applier = deployments.applier();
        this.deployments = deployments;
        this.policies = policies;
        this.singletons = singletons;
        this.listener = listener;
    }

    Singletons singletons() {
        return singletons;
    }

    /** Told of each change of size just before it is written, so that no end of this process can leave it untold. */
    @FunctionalInterface
    interface Announcement {
        void scaling(int from, int to, Deployment live);
    }

    Written write(Gathered gathered, Announcement announcement) {
        PoolSettings settings = gathered.view().settings();
        singletons.tend(settings);
        return settings.workload()
                .map(name -> scaleForeign(gathered, name, announcement))
                .orElseGet(() -> {
                    PoolPolicies.Kept kept = policies.keep(settings, gathered.broker());
                    return switch (gathered.broker()) {
                        case BrokerView.Usable usable -> writeOwn(gathered, usable, kept, announcement);
                        // Without a proven connection there is nothing to run on; what already runs goes on.
                        case BrokerView.Missing missing ->
                            Written.nothing(gathered.live()).beside(kept);
                        case BrokerView.Unproven unproven ->
                            Written.nothing(gathered.live()).beside(kept);
                    };
                });
    }

    /** The policy first: nobody is to run outside of it for a moment. */
    private Written writeOwn(
            Gathered gathered, BrokerView.Usable usable, PoolPolicies.Kept kept, Announcement announcement) {
        return kept.fault()
                .map(fault -> resized(gathered, step(gathered), fault, announcement))
                .orElseGet(() -> writeOwn(gathered, usable, announcement))
                .beside(kept);
    }

    private Written writeOwn(Gathered gathered, BrokerView.Usable usable, Announcement announcement) {
        return switch (handouts.of(gathered.view().settings(), usable, gathered.live())) {
            case Handout.Give give ->
                writeOwn(gathered, give.proven(), announcement).again(give.again());
            case Handout.Keep keep ->
                Written.nothing(sized(gathered, step(gathered), announcement)).again(keep.again());
            case Handout.Stuck stuck -> resized(gathered, step(gathered), stuck.why(), announcement);
            case Handout.Nothing nothing -> Written.stalled(gathered.live(), nothing.why());
        };
    }

    private static SizePatch step(Gathered gathered) {
        int before = gathered.view().observation().fleet().replicas();
        var settings = gathered.view().settings();
        return new SizePatch(
                before, Sizing.inForce(settings.scaling(), gathered.view().decision(), before, false));
    }

    private Written writeOwn(Gathered gathered, Proven proven, Announcement announcement) {
        PoolSettings settings = gathered.view().settings();
        Optional<Note> fault = Injection.mismatch(settings, proven)
                .map(why -> new Note(Injection.BROKER_NOT_SUPPORTED, why))
                .or(() -> Injection.fault(settings, proven).map(why -> new Note("TrustNotEnforceable", why)))
                .or(() -> Injection.unsigned(settings, proven).map(why -> new Note("SigningNotPossible", why)))
                .or(() -> PoolObjects.serviceAccount(settings).flatMap(account -> ensure(account, caches.accounts())))
                .or(() -> ensure(PoolObjects.disruptionBudget(settings), caches.budgets()));
        SizePatch step = step(gathered);
        int before = step.from();
        int replicas = step.to();
        if (fault.isPresent()) {
            return resized(gathered, step, fault.get(), announcement);
        }
        return switch (deployments.ensure(
                PoolObjects.deployment(
                        settings,
                        proven,
                        PodSecurity.of(settings, gathered.live(), () -> handouts.isAsLastSeen(settings)),
                        replicas),
                before,
                live -> announcement.scaling(before, replicas, live))) {
            case Applied.Present<Deployment> present -> {
                tell(gathered, step, present.live());
                yield singletons
                        .ensure(settings, proven)
                        .map(why -> Written.stalled(Optional.of(present.live()), why))
                        .orElseGet(() -> Written.nothing(Optional.of(present.live())));
            }
            case Applied.NameTaken<Deployment> taken -> Written.stalled(Optional.empty(), conflict(taken));
            case Applied.Refused<Deployment> refused -> resized(gathered, step, refusal(refused), announcement);
        };
    }

    /** What is at fault does not keep the pods that already run from being as many as are needed. */
    private Written resized(Gathered gathered, SizePatch step, Note fault, Announcement announcement) {
        return Written.stalled(sized(gathered, step, announcement), fault);
    }

    private Optional<Deployment> sized(Gathered gathered, SizePatch step, Announcement announcement) {
        String owner = gathered.view().settings().identity().uid();
        Optional<Deployment> own = gathered.live().filter(live -> live.hasOwnerReferenceFor(owner));
        return own.map(live -> {
            Deployment now =
                    deployments.resize(live, step, present -> announcement.scaling(step.from(), step.to(), present));
            tell(gathered, step, now);
            return now;
        });
    }

    private <T extends HasMetadata> Optional<Note> ensure(T desired, InformerEventSource<T, WorkerPool> cache) {
        return fault(applier.ensure(desired, cache));
    }

    static <T extends HasMetadata> Optional<Note> fault(Applied<T> applied) {
        return switch (applied) {
            case Applied.Present<T> present -> Optional.empty();
            case Applied.NameTaken<T> taken -> Optional.of(conflict(taken));
            case Applied.Refused<T> refused -> Optional.of(refusal(refused));
        };
    }

    private Written scaleForeign(Gathered gathered, String name, Announcement announcement) {
        if (gathered.live().isEmpty()) {
            return Written.stalled(Optional.empty(), new Note("WorkloadNotFound", "there is no Deployment " + name));
        }
        PoolSettings settings = gathered.view().settings();
        int before = gathered.view().observation().fleet().replicas();
        int replicas = Sizing.inForce(settings.scaling(), gathered.view().decision(), before, true);
        SizePatch step = new SizePatch(before, replicas);
        if (!step.isDue(gathered.live().get())) {
            return Written.nothing(gathered.live());
        }
        announcement.scaling(before, replicas, gathered.live().get());
        Deployment scaled =
                foreign.scale(PoolRounds.key(settings), gathered.live().get(), step);
        tell(gathered, step, scaled);
        return Written.nothing(Optional.of(scaled));
    }

    private void tell(Gathered gathered, SizePatch step, Deployment now) {
        if (step.from() != step.to() && now.getSpec().getReplicas() == step.to()) {
            listener.scaled(
                    PoolRounds.key(gathered.view().settings()),
                    step.from(),
                    step.to(),
                    gathered.view().decision());
        }
    }

    static Note conflict(Applied.NameTaken<?> taken) {
        return new Note(
                "NameConflict",
                taken.kind() + " " + taken.name() + " exists and is not this pool's: it is left as it is; "
                        + "rename or delete one of the two");
    }

    static Note refusal(Applied.Refused<?> refused) {
        return new Note("Refused", "the API server refuses the pool's " + refused.kind() + ": " + refused.message());
    }
}
