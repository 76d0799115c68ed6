package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.Moving;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Probe;
import dev.workerpool.operator.BrokerSessions.Health;
import dev.workerpool.operator.EventRecorder.Said;
import dev.workerpool.operator.EventRecorder.Severity;
import dev.workerpool.operator.Finding.Held;
import dev.workerpool.operator.Trials.Servers;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Leftovers;
import dev.workerpool.scaling.Move;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.MoveVerdicts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A new connection that was proven: whether workers may be given it, or stay where their jobs are. */
final class Moves {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Pools pools;
    private final BrokerSessions sessions;
    private final SideSessions sides;
    private final Trials trials;
    private final Clock clock;

    Moves(Pools pools, BrokerSessions sessions, SideSessions sides, Trials trials, Clock clock) {
        this.pools = pools;
        this.sessions = sessions;
        this.sides = sides;
        this.trials = trials;
        this.clock = clock;
    }

    /**
     * A Broker's pools.
     *
     * @param of all that refer to it, measured or not
     * @param running what one's workers run
     */
    record Pools(Function<BrokerKey, List<PoolKey>> of, Function<PoolKey, Figure> running) {
        Map<PoolKey, Optional<Figure>> withRunning(BrokerKey broker) {
            Map<PoolKey, Optional<Figure>> all = new HashMap<>();
            of.apply(broker).forEach(pool -> all.put(pool, Optional.of(running.apply(pool))));
            return all;
        }
    }

    /** What the new connection answered a short while ago, where it was tried then and nothing has been wrong with it since. */
    Optional<Probe.Answered> triedJustNow(BrokerKey broker, Connection to) {
        return trials.recent(broker, to);
    }

    /**
     * What is to be done now that the new connection has answered.
     *
     * @param held what workers are on
     * @param give hands the new connection to them
     */
    Finding arrived(Broker broker, Held held, Servers servers, Supplier<Finding> give) {
        BrokerKey key = BrokerReconciler.key(broker);
        // First: a replica of the old one has all of its jobs, and lets nobody take them.
        Optional<Finding> replica = replica(servers.to(), servers.there(), held);
        if (replica.isPresent()) {
            return replica.get();
        }
        if (servers.samePlace() || trials.sameData(key, servers, held.server())) {
            return over(broker, give.get());
        }
        Look look = look(broker, servers);
        return switch (Move.of(look.situation())) {
            case Move.Go go -> going(broker, held, servers, new Leaving(go.why(), look.left()), give.get());
            case Move.Stay stay -> staying(broker, held, servers, look, stay);
        };
    }

    /** What is to be done about a server that is no place for workers, as it takes no writes; empty where it does. */
    static Optional<Finding> replica(Connection to, Probe.Answered there, Held held) {
        return there.data().replica()
                ? Optional.of(new Finding(
                        BrokerVerdicts.failed(
                                new Probe.Failed(
                                        Probe.Cause.NotMaster,
                                        to.place()
                                                + " is a replica that takes no writes: promote it (REPLICAOF NO ONE)"),
                                held.proven().isPresent()),
                        held,
                        Optional.of(LOOK_AGAIN)))
                : Optional.empty();
    }

    /**
     * What is seen of both servers.
     *
     * @param left what there is on the old one, or was when it last answered
     * @param waiting what there is on the new one
     */
    private record Look(Move.Situation situation, String left, String waiting) {}

    private Look look(Broker broker, Servers servers) {
        BrokerKey key = BrokerReconciler.key(broker);
        Instant now = clock.instant();
        Map<PoolKey, Optional<Figure>> all = pools.withRunning(key);
        Readings.Seen here = sessions.seen(key);
        Leftovers old = here.leftovers(all, now);
        Leftovers known = here.lastLeftovers(all.keySet(), now);
        Leftovers waiting = sides.look(key, servers.to(), sessions.queries(key)).lastLeftovers(all.keySet(), now);
        Optional<Duration> silent = since(here.silentSince());
        var situation = new Move.Situation(
                trials.alike(key, known, waiting, silent.isPresent()),
                broker.getSpec().follows(),
                old,
                trials.emptyFor(key, old.empty())
                        .flatMap(empty -> since(here.stillSince(all.keySet()))
                                .map(still -> still.compareTo(empty) < 0 ? still : empty)),
                silent,
                quiet(broker, servers, waiting.atLeast() > 0));
        boolean readOnce = here.lastKnown().keySet().containsAll(all.keySet());
        String left = silent.isEmpty()
                ? old.words()
                : readOnce ? known.words() : pending(broker).map(Moving::left).orElseGet(old::words);
        return new Look(
                situation,
                trials.paced(key, left, MoveVerdicts.NOTHING),
                waiting.atLeast() > 0 ? waiting.words() : MoveVerdicts.NOTHING);
    }

    private static Duration quiet(Broker broker, Servers servers, boolean jobsOnNew) {
        return someClientSendsToTheOld(broker)
                ? Move.WATCHED_FOR
                : Move.quiet(jobsOnNew, servers.wayBack(), returns(broker));
    }

    private static boolean someClientSendsToTheOld(Broker broker) {
        return Optional.ofNullable(broker.getStatus()).map(BrokerStatus::clients).orElse(List.of()).stream()
                .anyMatch(client -> client.waitingFor() != null);
    }

    /** While workers stay: since when, and how often they came back. */
    private static Optional<Moving> pending(Broker broker) {
        return Optional.ofNullable(broker.getStatus()).map(BrokerStatus::moving).filter(moving -> !moving.gone());
    }

    private static int returns(Broker broker) {
        return pending(broker).map(Moving::timesBack).orElse(0);
    }

    private Optional<Duration> since(Optional<Instant> time) {
        return time.map(then -> Duration.between(then, clock.instant()));
    }

    private Finding staying(Broker broker, Held held, Servers servers, Look look, Move.Stay stay) {
        Connection from = servers.from();
        int returns = returns(broker);
        Moving moving = new Moving(
                from.place(),
                servers.to().place(),
                pending(broker)
                        .filter(before -> before.to().equals(servers.to().place()))
                        .map(Moving::since)
                        .orElseGet(this::now),
                null,
                look.left(),
                returns == 0 ? null : returns);
        var verdicts = sessions.health(BrokerReconciler.key(broker), from) instanceof Health.Silent silent
                ? BrokerVerdicts.unavailable(BrokerVerdicts.trusted(from), silent.why())
                : BrokerVerdicts.connected(from.place(), BrokerVerdicts.trusted(from));
        return new Finding(verdicts, held, Optional.of(LOOK_AGAIN))
                .passing(new Passage(
                        Optional.of(moving),
                        Optional.of(MoveVerdicts.stay(moving, stay, look.waiting())),
                        abandoned(broker),
                        Optional.of(servers.to())));
    }

    private record Leaving(Move.Why why, String left) {}

    private Finding going(Broker broker, Held held, Servers servers, Leaving leaving, Finding given) {
        if (leaving.why() == Move.Why.SAME_JOBS || leaving.why() == Move.Why.NO_POOLS) {
            return over(broker, given);
        }
        if (!given.inUse().equals(Optional.of(servers.to()))) {
            return given; // its Secrets could not be written
        }
        trials.forget(BrokerReconciler.key(broker));
        int returns = returns(broker);
        Moving moving = new Moving(
                servers.from().place(),
                servers.to().place(),
                now(),
                held.proven().orElseThrow(),
                leaving.left(),
                returns == 0 ? null : returns);
        return given.passing(new Passage(
                Optional.of(moving),
                Optional.of(MoveVerdicts.watched(
                        moving,
                        leaving.why() == Move.Why.GONE,
                        new MoveVerdicts.WayBack(
                                servers.wayBack(), broker.getSpec().follows()))),
                Optional.of(and(said(moving, leaving.why()), abandoned(broker))),
                Optional.empty()));
    }

    /** Nothing is left behind. A server that was left earlier is looked at on. */
    private Finding over(Broker broker, Finding given) {
        BrokerKey key = BrokerReconciler.key(broker);
        trials.forget(key);
        boolean looksBack = Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::moving)
                .filter(Moving::gone)
                .isPresent();
        if (looksBack) {
            return given;
        }
        sides.close(key);
        return pending(broker).isEmpty() ? given : given.passing(Passage.OVER);
    }

    /** One server is looked back at, the one that workers left last: what was on another before is said for the last time. */
    private static Optional<Said> abandoned(Broker broker) {
        return Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::moving)
                .filter(Moving::gone)
                .filter(earlier -> earlier.left() != null && !earlier.left().equals(MoveVerdicts.NOTHING))
                .map(earlier -> new Said(
                        Severity.Warning,
                        "GivenUp",
                        "%s is looked at no more, as the URL leads from %s to another server; what was last seen there: %s"
                                .formatted(earlier.from(), earlier.to(), earlier.left())));
    }

    private static Said and(Said said, Optional<Said> more) {
        return more.map(other -> new Said(other.severity(), said.reason(), said.message() + "; " + other.message()))
                .orElse(said);
    }

    private static Said said(Moving moving, Move.Why why) {
        String left = Optional.ofNullable(moving.left()).orElse(MoveVerdicts.NOTHING);
        String from = moving.from();
        return switch (why) {
            case ASKED ->
                new Said(
                        left.equals(MoveVerdicts.NOTHING) ? Severity.Normal : Severity.Warning,
                        "WorkersMoved",
                        "workers follow from %s to %s, as onMove says; what is there: %s"
                                .formatted(from, moving.to(), left));
            case GONE ->
                new Said(
                        Severity.Warning,
                        "WorkersMoved",
                        "%s has not answered for %d s: workers go to %s; what was last seen there: %s"
                                .formatted(from, Move.GONE_AFTER.toSeconds(), moving.to(), left));
            case EMPTY, SAME_JOBS, NO_POOLS ->
                new Said(
                        Severity.Normal,
                        "WorkersMoved",
                        "workers go from %s, which is empty, to %s".formatted(from, moving.to()));
        };
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
