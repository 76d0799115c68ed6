package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.Moving;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.operator.EventRecorder.Said;
import dev.workerpool.operator.EventRecorder.Severity;
import dev.workerpool.operator.Finding.Held;
import dev.workerpool.operator.Trials.Servers;
import dev.workerpool.scaling.Aftermath;
import dev.workerpool.scaling.Leftovers;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.MoveVerdicts;
import dev.workerpool.status.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Looks on at a server that workers have left: jobs that come to it late would else wait there for ever. */
final class FormerServers {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final Moves.Pools pools;
    private final BrokerSessions sessions;
    private final SideSessions sides;
    private final Trials trials;
    private final Clock clock;

    FormerServers(Moves.Pools pools, BrokerSessions sessions, SideSessions sides, Trials trials, Clock clock) {
        this.pools = pools;
        this.sessions = sessions;
        this.sides = sides;
        this.trials = trials;
        this.clock = clock;
    }

    /**
     * What is to be done about it, beside what was found of the server in use.
     *
     * @param behind the connection that Secrets hold, as far as they are there
     */
    Finding after(Broker broker, Finding found, Function<BrokerStatus.Proven, Optional<Connection>> behind) {
        BrokerKey key = BrokerReconciler.key(broker);
        Optional<Moving> moving = Optional.ofNullable(broker.getStatus()).map(BrokerStatus::moving);
        if (moving.isEmpty()) {
            return found;
        }
        Optional<Connection> former = Optional.ofNullable(moving.get().former()).flatMap(behind);
        if (former.isEmpty() || found.inUse().isEmpty()) {
            return over(key, found, Passage.OVER);
        }
        return watched(broker, found, moving.get(), former.get());
    }

    private Finding over(BrokerKey broker, Finding found, Passage passage) {
        sides.close(broker);
        trials.forget(broker);
        return found.passing(passage);
    }

    private Finding watched(Broker broker, Finding found, Moving moving, Connection former) {
        BrokerKey key = BrokerReconciler.key(broker);
        Instant now = clock.instant();
        List<PoolKey> all = pools.of().apply(key);
        Readings.Seen there = sides.look(key, former, sessions.queries(key));
        Leftovers left = there.leftovers(all, now);
        var back = new MoveVerdicts.WayBack(
                Servers.wayBack(former, found.inUse().orElseThrow()),
                broker.getSpec().follows());
        var seen = new Aftermath.Seen(
                left,
                back.open() && !back.follows(),
                there.stillSince(all).map(since -> Duration.between(since, now)),
                there.silentSince().map(since -> Duration.between(since, now)));
        boolean known = there.silentSince().isEmpty() && there.byPool().keySet().containsAll(all);
        Moving told = known ? moving.left(trials.paced(key, left.words(), MoveVerdicts.NOTHING)) : moving;
        return switch (Aftermath.of(seen)) {
            case RETURN -> back(broker, found, told, former);
            case OVER -> over(key, found, said(Optional.empty(), MoveVerdicts.over(told)));
            case WATCH ->
                watching(
                        found,
                        told,
                        MoveVerdicts.watched(told, there.silentSince().isPresent(), back));
        };
    }

    private static Finding watching(Finding found, Moving moving, Verdict verdict) {
        return found.passing(said(Optional.of(moving), Optional.of(verdict))).noLaterThan(LOOK_AGAIN);
    }

    private static Passage said(Optional<Moving> moving, Optional<Verdict> verdict) {
        return new Passage(moving, verdict, Optional.empty(), Optional.empty());
    }

    /** Their Secrets are still there: pools are given them again, and what was found of the new server is looked at anew. */
    private Finding back(Broker broker, Finding found, Moving left, Connection former) {
        BrokerKey key = BrokerReconciler.key(broker);
        sides.close(key);
        trials.forget(key);
        int returns = left.timesBack() + 1;
        Moving moving = new Moving(
                left.from(),
                left.to(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                null,
                left.left(),
                returns);
        String jobs = Objects.requireNonNullElse(left.left(), MoveVerdicts.NOTHING);
        return new Finding(
                        BrokerVerdicts.connected(former.place(), BrokerVerdicts.trusted(former)),
                        new Held(Optional.ofNullable(left.former()), Optional.of(former), null),
                        Optional.of(AT_ONCE))
                .passing(new Passage(
                        Optional.of(moving),
                        Optional.of(MoveVerdicts.returned(moving, jobs)),
                        Optional.of(new Said(
                                Severity.Warning,
                                "WorkersMovedBack",
                                "jobs were sent to %s after its workers had gone to %s: %s; workers go back until it is empty"
                                        .formatted(left.from(), left.to(), jobs))),
                        found.inUse()));
    }
}
