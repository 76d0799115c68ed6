package dev.workerpool.operator;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerClient.Interest;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.desired.SingletonObjects;
import dev.workerpool.scaling.Consumption;
import dev.workerpool.scaling.Decider;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.History;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Observation;
import dev.workerpool.scaling.Replacement;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.scaling.Totals;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.PeriodicVerdict;
import dev.workerpool.status.QueuesConsumed;
import dev.workerpool.status.Replacements;
import dev.workerpool.status.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds each measurement into its pool's history, decides anew, and wakes the reconciler when that leads to something
 * that is not yet so, or not yet shown. It writes nothing.
 */
final class PoolMonitor implements BrokerClient.Listener {
    /** What is known and decided of a pool at one moment. */
    record View(PoolSettings settings, Observation observation, History history, Decision decision, boolean read) {
        /** A first reading is due at once: until then there is nothing new to tell of a pool that was told of before. */
        private static final Duration FIRST_READING_WITHIN = Duration.ofMinutes(1);

        Sighting sighting() {
            return new Sighting(
                    settings.scaling(),
                    Totals.of(observation, history),
                    observation.fleet(),
                    decision,
                    history.startUp(),
                    consumption().unconsumed());
        }

        Consumption consumption() {
            return Consumption.of(observation, history, settings.scaling());
        }

        Optional<Verdict> periodicJobs(@Nullable WorkerPoolStatus shown) {
            return PeriodicVerdict.of(
                    observation.current(),
                    settings.scaling(),
                    SingletonObjects.workers(settings),
                    ConditionList.find(shown == null ? null : shown.conditions(), ConditionType.PeriodicJobs));
        }

        Replacement replacement(@Nullable WorkerPoolStatus shown) {
            return Replacement.of(consumption(), observation, settings.scaling().stuck(), Replacements.noted(shown));
        }

        Verdict queuesConsumed(@Nullable WorkerPoolStatus shown) {
            return QueuesConsumed.of(
                    consumption(),
                    replacement(shown),
                    ConditionList.find(shown == null ? null : shown.conditions(), ConditionType.QueuesConsumed),
                    settings.framework().whereQueuesAreNamed());
        }

        /** Whether the first reading is still awaited, not long since. */
        boolean awaitsReading() {
            return !read && observation.now().isBefore(history.since().plus(FIRST_READING_WITHIN));
        }
    }

    /** Until then its last figures have been shown, and pods that end are gone. */
    private static final Duration WATCHED_AT_REST = Duration.ofMinutes(1);

    private static final String NOT_READ_YET = "the queues have not been read yet";

    private final Clock clock;
    private final Function<PoolSettings, Fleet> fleets;
    private final BiPredicate<PoolKey, View> news;
    private final Consumer<PoolKey> wake;
    private final PoolListener listener;
    private final Map<PoolKey, Watched> watched = new ConcurrentHashMap<>();

    /**
     * @param fleets a pool's live Deployment and pods, from caches
     * @param news whether a view differs from what is in force or shown
     */
    PoolMonitor(
            Clock clock,
            Function<PoolSettings, Fleet> fleets,
            BiPredicate<PoolKey, View> news,
            Consumer<PoolKey> wake,
            PoolListener listener) {
        this.clock = clock;
        this.fleets = fleets;
        this.news = news;
        this.wake = wake;
        this.listener = listener;
    }

    /** One pool: its settings, its last measurement, its history. */
    private final class Watched {
        private PoolSettings settings;
        private Measurement last;
        private History history;
        private boolean read;
        private Optional<Instant> restingSince = Optional.empty();
        private Optional<View> seen = Optional.empty();

        Watched(PoolSettings settings, Instant now) {
            this.settings = settings;
            this.last = new Measurement.Unavailable(now, NOT_READ_YET);
            this.history = History.begin(now);
        }

        /** Whether nothing was measured before. */
        synchronized boolean isFirstReading() {
            boolean first = !read;
            read = true;
            return first;
        }

        /** How long before its time a job is counted as due. */
        synchronized Duration ahead() {
            return history.startUp().ahead();
        }

        /** Whether a pool that is seen so now has been at rest for long enough to be left alone. */
        synchronized Interest interest(Sighting sighting, Instant now) {
            restingSince = sighting.atRest() ? restingSince.or(() -> Optional.of(now)) : Optional.empty();
            return restingSince
                            .filter(since -> !now.isBefore(since.plus(WATCHED_AT_REST)))
                            .isPresent()
                    ? Interest.CHANGES
                    : Interest.READINGS;
        }

        synchronized View look(PoolSettings now) {
            if (!measuresTheSame(settings, now)) {
                Instant instant = clock.instant();
                last = new Measurement.Unavailable(instant, NOT_READ_YET);
                read = false;
                history = History.begin(instant);
            }
            settings = now;
            return look(last);
        }

        synchronized View look(Measurement measurement) {
            last = measurement;
            Observation observation = new Observation(clock.instant(), fleets.apply(settings), measurement);
            history = history.observe(observation, settings.scaling());
            Decision decision = Decider.decide(settings.scaling(), observation, history);
            View view = new View(settings, observation, history, decision, read);
            seen = Optional.of(view);
            return view;
        }

        synchronized Optional<View> seen() {
            return seen;
        }
    }

    /** Of other queues, or of the same at another broker, nothing is known from before. */
    private static boolean measuresTheSame(PoolSettings before, PoolSettings after) {
        return before.broker().equals(after.broker())
                && before.framework().equals(after.framework())
                && before.queues().equals(after.queues())
                && before.deployment().equals(after.deployment());
    }

    @Override
    public Interest measured(PoolKey pool, Measurement measurement) {
        Watched known = watched.get(pool);
        if (known == null) {
            return Interest.READINGS;
        }
        boolean first = known.isFirstReading();
        Duration ahead = known.ahead();
        View view = known.look(measurement);
        boolean learned = !view.history().startUp().ahead().equals(ahead);
        Sighting sighting = view.sighting();
        listener.observed(pool, sighting);
        if (!known.equals(watched.get(pool))) {
            listener.gone(pool); // forgotten meanwhile
        }
        if (first || learned || news.test(pool, view)) {
            wake.accept(pool);
        }
        return known.interest(sighting, view.observation().now());
    }

    /** The view by these settings and the last measurement, as the reconciler sees it. */
    View look(PoolKey pool, PoolSettings settings) {
        return watched.computeIfAbsent(pool, key -> new Watched(settings, clock.instant()))
                .look(settings);
    }

    /** What its workers run, as it was seen last. */
    Figure running(PoolKey pool) {
        return Optional.ofNullable(watched.get(pool))
                .flatMap(Watched::seen)
                .map(view -> Totals.of(view.observation(), view.history()).running())
                .orElseGet(() -> new Figure.Unknown(NOT_READ_YET));
    }

    void forget(PoolKey pool) {
        watched.remove(pool);
        listener.gone(pool);
    }

    /** Whoever does not lead knows nothing: what is seen when leading again begins a new history. */
    void forgetAll() {
        watched.clear();
        listener.noneKnown();
    }
}
