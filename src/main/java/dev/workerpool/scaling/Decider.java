package dev.workerpool.scaling;

import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Settings.Scaling;

/** The rules, in the order in which they rule. */
public final class Decider {
    private Decider() {}

    /** Decides for a pool whose history already contains the observation. */
    public static Decision decide(Settings settings, Observation observation, History history) {
        if (settings.scaling().isEmpty()) {
            return Decision.scaleTo(settings.replicas(), Reason.FixedReplicas, "replicas says " + settings.replicas());
        }
        var scaling = settings.scaling().get();
        return switch (scaling.mode()) {
            case PAUSED -> paused(observation.fleet().replicas());
            case ACTIVE, RECOMMEND -> sized(settings, scaling, observation, history);
        };
    }

    /** Nothing may be created either: a pool that is born paused stays at zero. */
    private static Decision paused(int live) {
        return Decision.hold(live, Reason.Paused, "scaling is paused: the present size of %d stays".formatted(live));
    }

    private static Decision sized(Settings settings, Scaling scaling, Observation observation, History history) {
        var live = observation.fleet().replicas();
        return switch (observation.current()) {
            case Measurement.Unavailable unavailable -> {
                var size = Math.max(live, scaling.min());
                var message =
                        "the broker is not available, the size stays at %d: %s".formatted(size, unavailable.why());
                yield Decision.hold(size, Reason.BrokerUnavailable, message);
            }
            case Measured measured -> {
                var load = Load.of(measured, observation.fleet(), history.reports());
                yield measured(new Seen(observation.fleet(), measured, load), settings, scaling, history);
            }
        };
    }

    /** A moment that was measured. */
    private record Seen(Fleet fleet, Measured measured, Load load) {}

    private static Decision measured(Seen seen, Settings settings, Scaling scaling, History history) {
        var live = seen.fleet().replicas();
        var load = seen.load();
        var bounds = new Bounds(scaling.min(), scaling.max());
        var least = bounds.apply(Need.least(load, settings, scaling));
        if (live < least.replicas()) {
            return least;
        }
        var stays = "the size stays at %d: ".formatted(live);
        if (load.backlog().unknown().isPresent()) {
            // Told at the smallest size, too: from there, no job that waits unseen would ever raise it.
            return Decision.hold(
                    live,
                    Reason.BacklogUnknown,
                    stays + load.backlog().unknown().get());
        }
        if (live == least.replicas()) {
            return least;
        }
        if (!load.known()) {
            return unknownRunning(seen, stays, history.reports());
        }
        var need = Need.most(load, settings, scaling);
        var most = bounds.apply(need);
        if (live <= most.replicas()) {
            return Decision.scaleTo(live, most.reason(), most.message());
        }
        return new Lowering(live, most, bounds, history, scaling.idleAfter()).decide();
    }

    private static Decision unknownRunning(Seen seen, String stays, Reports reports) {
        var live = seen.fleet().replicas();
        var running = stays + seen.load().running().unknown().orElse("");
        return reports.settling(seen.fleet().live(), seen.measured().at())
                ? Decision.hold(
                        live, Reason.WorkersSettling, running + "; workers that start or end are silent for a while")
                : Decision.hold(live, Reason.RunningUnknown, running);
    }
}
