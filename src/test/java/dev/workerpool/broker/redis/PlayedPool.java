package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerClient.Interest;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Framework;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Decider;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.History;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Observation;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.scaling.Totals;
import dev.workerpool.testing.jobs.RunningWorker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A pool of at most one real worker without a cluster: what is measured is decided, and what is decided is done at once. */
final class PlayedPool implements BrokerClient.Listener, AutoCloseable {
    private static final PoolKey KEY = new PoolKey("shop", "mail");
    private static final Settings SETTINGS = new Settings(
            0, 1, Optional.of(new Settings.Scaling(Settings.Mode.ACTIVE, 0, 1, 10, Duration.ofSeconds(5))));

    private final Framework framework;
    private final Clock clock;
    private final Function<String, RunningWorker> worker;
    private final Session session;
    private final List<Integer> sizes = new ArrayList<>(List.of(0));
    private final List<String> reasons = new ArrayList<>();
    private History history;
    private Optional<RunningWorker> running = Optional.empty();
    private Optional<Fleet.Life> life = Optional.empty();
    private Optional<Thread> ending = Optional.empty();
    private Duration ahead = Duration.ofSeconds(20);
    private Optional<Beside> beside = Optional.empty();

    /**
     * @param clock the operator's
     * @param worker starts one in a pod of this name
     */
    PlayedPool(
            RedisBroker broker,
            Dialling dialling,
            Framework framework,
            Clock clock,
            Function<String, RunningWorker> worker) {
        this.framework = framework;
        this.clock = clock;
        this.worker = worker;
        this.history = History.begin(clock.instant());
        this.session = broker.open(dialling.connection(), Duration.ofMillis(500), this);
        session.measure(Map.of(KEY, query()));
    }

    @Override
    public synchronized Interest measured(PoolKey pool, Measurement measurement) {
        Fleet fleet = life.map(times -> new Fleet(1, 1, List.of(new Fleet.Pod(podName(), true, false, times))))
                .orElse(Fleet.none());
        var observation = new Observation(clock.instant(), fleet, measurement);
        history = history.observe(observation, SETTINGS);
        var decision = Decider.decide(SETTINGS, observation, history);
        var totals = Totals.of(observation, history);
        beside = Optional.of(totals.beside());
        if (decision.replicas() != fleet.replicas()) {
            become(decision.replicas());
            sizes.add(decision.replicas());
            reasons.add(decision.message());
        }
        if (!history.startUp().ahead().equals(ahead)) {
            ahead = history.startUp().ahead();
            session.measure(Map.of(KEY, query()));
        }
        return new Sighting(SETTINGS, totals, fleet, decision, history.startUp()).atRest()
                ? Interest.CHANGES
                : Interest.READINGS;
    }

    private Query query() {
        return new Query(framework, List.of("mail"), ahead);
    }

    private void become(int size) {
        if (size == 1) {
            running = Optional.of(worker.apply("mail-" + sizes.size()));
            var now = Optional.of(clock.instant());
            life = Optional.of(new Fleet.Life(now, now, Optional.empty()));
        } else {
            RunningWorker last = running.orElseThrow();
            life = Optional.empty();
            ending = Optional.of(Thread.ofPlatform().start(() -> last.terminate(Duration.ofSeconds(30))));
        }
    }

    private String podName() {
        return running.map(RunningWorker::podName).orElseThrow();
    }

    /** Each size that it had, the first of them 0. */
    synchronized List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    /** Why it had each of them, but the first. */
    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    synchronized Instant now() {
        return clock.instant();
    }

    synchronized Figure scheduled() {
        return beside.map(Beside::scheduled).orElse(new Figure.Unknown("not read yet"));
    }

    /** So long before its time a job is due by now. */
    synchronized Duration ahead() {
        return ahead;
    }

    /** Waits until the last worker that was told to go is gone. */
    void awaitEnd() {
        Optional<Thread> last;
        synchronized (this) {
            last = ending;
        }
        last.ifPresent(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        session.close();
        awaitEnd();
        running.ifPresent(RunningWorker::close);
    }
}
