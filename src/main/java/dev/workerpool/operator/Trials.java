package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.DataSet;
import dev.workerpool.broker.Probe;
import dev.workerpool.scaling.Leftovers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was found out about two servers between which a Broker moves: so that it is not asked at each look. */
final class Trials {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    /** Then both are asked again. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    /** Two queues may be alike by chance for a moment while jobs flow. */
    private static final Duration ALIKE_FOR = Duration.ofSeconds(5);

    /** However often the figures change, they are written no more often than this. */
    private static final Duration TOLD_EVERY = Duration.ofSeconds(20);

    private final BrokerClient client;
    private final Clock clock;
    private final Map<BrokerKey, Trial> trials = new ConcurrentHashMap<>();
    private final Map<BrokerKey, Instant> alikeSince = new ConcurrentHashMap<>();
    private final Map<BrokerKey, Instant> emptySince = new ConcurrentHashMap<>();
    private final Map<BrokerKey, Told> told = new ConcurrentHashMap<>();

    Trials(BrokerClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * One of the new server.
     *
     * @param there what it answered
     * @param data what the old server said of its data, or what was remembered of that
     */
    private record Trial(Connection to, Probe.Answered there, DataSet data, Instant at) {}

    private record Told(String words, Instant at) {}

    /** What this connection answered a short while ago. */
    Optional<Probe.Answered> recent(BrokerKey broker, Connection to) {
        return recentTrial(broker, to).map(Trial::there);
    }

    private Optional<Trial> recentTrial(BrokerKey broker, Connection to) {
        return Optional.ofNullable(trials.get(broker))
                .filter(trial -> trial.to().equals(to)
                        && clock.instant().isBefore(trial.at().plus(GOOD_FOR)));
    }

    /** Whether the new server says that its data is the old one's. */
    boolean sameData(BrokerKey broker, Servers servers, BrokerStatus.@Nullable Server remembered) {
        Connection to = servers.to();
        Trial trial = recentTrial(broker, to)
                .orElseGet(() -> new Trial(to, servers.there(), data(servers.from(), remembered), clock.instant()));
        trials.put(broker, trial);
        return to.endpoint().sameSpace(servers.from().endpoint())
                && trial.there().data().holdsWhatWasIn(trial.data());
    }

    /** An old server that workers are on, and a new one that answered. */
    record Servers(Connection from, Connection to, Probe.Answered there) {
        /** Whoever has gone is there again under the same address, or nobody is. */
        boolean samePlace() {
            return from.place().equals(to.place())
                    && from.endpoint().sameSpace(to.endpoint())
                    && from.topology().getClass().equals(to.topology().getClass());
        }

        boolean wayBack() {
            return wayBack(from, to);
        }

        /** Nobody goes back from an encrypted connection to one that is not. */
        static boolean wayBack(Connection from, Connection to) {
            return from.endpoint().tls() || !to.endpoint().tls();
        }
    }

    private DataSet data(Connection from, BrokerStatus.@Nullable Server remembered) {
        return switch (client.probe(from, PROBE_TIMEOUT)) {
            case Probe.Answered answered -> answered.data();
            case Probe.Failed failed ->
                DataSet.remembered(Optional.ofNullable(remembered)
                        .map(BrokerStatus.Server::dataIds)
                        .orElse(List.of()));
        };
    }

    /** Whether the same jobs have been on both for a while; at once where the old one cannot change any more. */
    boolean alike(BrokerKey broker, Leftovers old, Leftovers there, boolean silent) {
        if (!old.sameAs(there)) {
            alikeSince.remove(broker);
            return false;
        }
        Instant now = clock.instant();
        Instant since = alikeSince.computeIfAbsent(broker, key -> now);
        return silent || !now.isBefore(since.plus(ALIKE_FOR));
    }

    /** How long it has been empty at each look. */
    Optional<Duration> emptyFor(BrokerKey broker, boolean isEmpty) {
        if (!isEmpty) {
            emptySince.remove(broker);
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Optional.of(Duration.between(emptySince.computeIfAbsent(broker, key -> now), now));
    }

    /** The words, or those before where they were told a moment ago; that there is nothing, or something, is told at once. */
    String paced(BrokerKey broker, String words, String nothing) {
        Instant now = clock.instant();
        return told.compute(
                        broker,
                        (key, before) -> before != null
                                        && before.words().equals(nothing) == words.equals(nothing)
                                        && now.isBefore(before.at().plus(TOLD_EVERY))
                                ? before
                                : new Told(words, now))
                .words();
    }

    void forget(BrokerKey broker) {
        trials.remove(broker);
        alikeSince.remove(broker);
        emptySince.remove(broker);
        told.remove(broker);
    }

    void forgetAll() {
        trials.clear();
        alikeSince.clear();
        emptySince.clear();
        told.clear();
    }
}
