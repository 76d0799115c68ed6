package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient.Listener;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Framework;
import dev.workerpool.framework.Replies;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Measurement.Unavailable;
import dev.workerpool.scaling.Workers;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the pools of one broker. Everything here happens in one executor, which sessions share: so there is no lock,
 * and the listener is never called twice at once.
 */
final class RedisSession implements Session, Link.Events<StatefulRedisConnection<String, String>> {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSession.class);
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

    /** Pools that are told one after the other are read together. */
    private static final Duration GATHER = Duration.ofMillis(10);

    private final EventExecutor executor;
    private final Connector connector;
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration interval;
    private final Duration patience;
    private final Listener listener;
    private final Link<StatefulRedisConnection<String, String>> link;
    private final Hearing hearing;
    private final Oversized oversized = new Oversized();

    private Map<PoolKey, Query> pools = Map.of();
    private final Set<PoolKey> due = new LinkedHashSet<>();
    private @Nullable Batch batch;
    private @Nullable Round reading;
    private @Nullable ScheduledFuture<?> deadline;
    private volatile boolean closed;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    RedisSession(EventExecutor executor, Connector connector, Clock clock, RandomGenerator random, Polling polling) {
        this.executor = executor;
        this.connector = connector;
        this.clock = clock;
        this.random = random;
        this.interval = polling.interval();
        this.patience = patience(polling.interval());
        this.listener = polling.listener();
        Failures failures = new Failures(connector.connection());
        this.link = new Link<>(executor, connector::connect, failures, new Backoff(random), this);
        this.hearing = new Hearing(
                executor,
                clock,
                patience,
                events -> new Link<>(executor, connector::connectPubSub, failures, new Backoff(random), events));
    }

    /** How often, and who is told. */
    record Polling(Duration interval, Listener listener) {}

    static Duration patience(Duration interval) {
        Duration two = interval.multipliedBy(2);
        return two.compareTo(LEAST_PATIENCE) > 0 ? two : LEAST_PATIENCE;
    }

    void start() {
        executor.execute(() -> {
            link.open();
            tick();
        });
    }

    @Override
    public void measure(Map<PoolKey, Query> wanted) {
        Map<PoolKey, Query> next = Map.copyOf(wanted);
        executor.execute(() -> replace(next));
    }

    /** Returns at once; a call of the listener that has begun may still be under way. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        executor.execute(() -> {
            stopWaiting();
            hearing.close();
            link.close();
            Unawaited.result(connector.closeLater().whenComplete((done, failure) -> ended.complete(null)));
        });
    }

    /** Done when everything is released. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void replace(Map<PoolKey, Query> next) {
        next.forEach((pool, query) -> {
            if (!query.equals(pools.get(pool))) {
                due.add(pool);
            }
        });
        pools = next;
        Map<String, Framework> patterns = new HashMap<>();
        next.values().forEach(query -> channels(query).forEach(pattern -> patterns.put(pattern, query.framework())));
        hearing.listenTo(patterns);
        if (!due.isEmpty()) {
            Unawaited.result(executor.schedule(this::read, GATHER.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private List<String> channels(Query query) {
        return query.framework()
                .reportChannels(connector.connection().endpoint().database());
    }

    /** A tenth of the interval more or less, so that sessions of one broker do not all ask in the same moment. */
    private void tick() {
        if (closed) {
            return;
        }
        long millis = interval.toMillis();
        long jitter = random.nextLong(-millis / 10, millis / 10 + 1);
        Unawaited.result(executor.schedule(this::tick, millis + jitter, TimeUnit.MILLISECONDS));
        if (link.connection().isEmpty()) {
            unavailable(pools.keySet(), link.why());
        }
        due.addAll(pools.keySet());
        read();
    }

    private void read() {
        due.retainAll(pools.keySet());
        if (closed || batch == null || reading != null || due.isEmpty()) {
            return;
        }
        Map<PoolKey, Query> chosen = new HashMap<>(pools);
        chosen.keySet().retainAll(due);
        due.clear();
        Round round = new Round(chosen, clock.instant());
        reading = round;
        deadline = executor.schedule(() -> expired(round), patience.toMillis(), TimeUnit.MILLISECONDS);
        Unawaited.result(round.read(batch, oversized, executor)
                .whenCompleteAsync((replies, failure) -> answered(round, replies, failure), executor));
    }

    private void answered(Round round, @Nullable Replies replies, @Nullable Throwable failure) {
        if (closed || !round.equals(reading)) {
            return;
        }
        stopWaiting();
        if (replies == null) {
            LOG.debug("a round failed", failure);
            link.drop(new Failures(connector.connection()).lost());
            return;
        }
        link.works();
        round.pools().forEach((pool, query) -> tell(pool, query, () -> measurement(query, replies)));
        read();
    }

    private void expired(Round round) {
        if (!closed && round.equals(reading)) {
            link.drop("%s has not answered for %s s"
                    .formatted(connector.connection().endpoint().hostAndPort(), patience.toMillis() / 1000.0));
        }
    }

    @Override
    public void up(StatefulRedisConnection<String, String> connection) {
        batch = new Batch(connection);
        due.addAll(pools.keySet());
        read();
    }

    @Override
    public void down(String why) {
        batch = null;
        stopWaiting();
        unavailable(pools.keySet(), why);
    }

    private void stopWaiting() {
        reading = null;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private Measurement measurement(Query query, Replies replies) {
        List<String> channels = channels(query);
        Measured measured =
                query.framework().interpret(query.queues(), replies, hearing.reports(channels), clock.instant());
        return hearing.deafness(channels)
                .<Measurement>map(why ->
                        new Measured(measured.at(), measured.queues(), new Workers.Untold(why), measured.heldMayRun()))
                .orElse(measured);
    }

    private void unavailable(Collection<PoolKey> which, String why) {
        for (PoolKey pool : which) {
            Query query = pools.get(pool);
            if (query != null) {
                tell(pool, query, () -> new Unavailable(clock.instant(), why));
            }
        }
    }

    /** Nobody is told of a pool that is gone, or asks something else by now; one pool's fault is not another's. */
    private void tell(PoolKey pool, Query query, Supplier<Measurement> measurement) {
        if (closed || !query.equals(pools.get(pool))) {
            return;
        }
        try {
            listener.measured(pool, measurement.get());
        } catch (RuntimeException e) {
            LOG.error("the measurement of {}/{} was lost", pool.namespace(), pool.name(), e);
        }
    }
}
