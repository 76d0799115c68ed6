package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient.Listener;
import dev.workerpool.broker.BrokerClient.Measuring;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.broker.dialling.Backoff;
import dev.workerpool.framework.Framework;
import dev.workerpool.framework.Replies;
import io.lettuce.core.RedisCommandExecutionException;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the pools of one broker. Where the broker announces changes, pools at rest are read when one is announced; all
 * others, and all where it does not, at each interval. Everything here happens in one executor, which sessions share: so there is
 * no lock, and the listener is never called twice at once.
 */
final class RedisSession implements Session, Link.Events<Nodes>, Announcements.Hearer {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSession.class);

    /** Pools that are told one after the other are read together. */
    private static final Duration GATHER = Duration.ofMillis(10);

    /** What is at rest is known to be so only while the server answers. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private static final Duration TEND = Duration.ofSeconds(1);
    private static final Duration AUDIT_EVERY = Duration.ofSeconds(30);

    private final EventExecutor executor;
    private final Connector connector;
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration interval;
    private final Duration patience;
    private final Listener listener;
    private final Link<Nodes> link;
    private final Seldom seldom;
    private final Hearing hearing;
    private final Oversized oversized = new Oversized();

    private final Announcements announcements;
    private final Known known = new Known();
    private final Agenda agenda;
    private final Duration breath;
    private final DueTimes dueTimes;
    private final Pending pending;
    private final Telling telling;

    private @Nullable Batch batch;
    private long heardAt;
    private long auditedAt;
    private volatile boolean closed;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    RedisSession(EventExecutor executor, Connector connector, Clock clock, RandomGenerator random, Polling polling) {
        this.executor = executor;
        this.connector = connector;
        this.clock = clock;
        this.random = random;
        this.interval = polling.interval();
        this.breath = polling.breath();
        this.agenda = new Agenda(breath);
        this.patience = polling.patience();
        this.listener = polling.listener();
        Failures failures = connector.failures();
        this.announcements = new Announcements(executor, patience, this);
        this.dueTimes = new DueTimes(executor, key -> changed(List.of(key)), pool -> wake(Set.of(pool)));
        this.link = new Link<>(executor, connector::connectForPushes, failures, new Backoff(random), this);
        this.seldom = new Seldom(executor, connector, link, this::anyChanged, vitals -> {
            if (!closed) {
                listener.vitals(vitals);
            }
        });
        this.hearing = new Hearing(
                executor,
                clock,
                patience,
                events -> new Link<>(executor, connector::connectPubSub, failures, new Backoff(random), events));
        this.pending = new Pending(executor, patience, this::expired);
        this.telling = new Telling(
                listener,
                agenda,
                hearing,
                clock,
                connector.connection().endpoint().database());
    }

    void start() {
        executor.execute(() -> {
            link.open();
            tick();
            tend();
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
        telling.end();
        executor.execute(() -> {
            pending.stop();
            dueTimes.cancelAll();
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
        agenda.replace(next).forEach(known::forget);
        Map<String, Framework> patterns = new HashMap<>();
        next.values()
                .forEach(query -> telling.channels(query).forEach(pattern -> patterns.put(pattern, query.framework())));
        hearing.listenTo(patterns);
        if (!agenda.isEmpty()) {
            Unawaited.result(executor.schedule(this::read, GATHER.toMillis(), TimeUnit.MILLISECONDS));
        }
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
            telling.unavailable(link.why());
        }
        if (announcements.inForce()) {
            agenda.everyoneNotAtRest();
        } else {
            agenda.everyone();
        }
        read();
    }

    /** What pools at rest need, however long the interval is: a sign of life, and the slow way beside the announcements. */
    private void tend() {
        if (closed) {
            return;
        }
        Unawaited.result(executor.schedule(this::tend, TEND.toMillis(), TimeUnit.MILLISECONDS));
        seldom.tend();
        if (announcements.inForce() && since(auditedAt, AUDIT_EVERY)) {
            audit();
        } else {
            read();
        }
    }

    private static boolean since(long moment, Duration passed) {
        return System.nanoTime() - moment >= passed.toNanos();
    }

    private void read() {
        boolean quiet = agenda.isEmpty() && !(announcements.inForce() && since(heardAt, KEEP_ALIVE));
        if (closed || batch == null || !pending.isNone() || quiet) {
            return;
        }
        Round round = new Round(
                agenda.take(), clock.instant(), announcements.inForce() ? Optional.of(known) : Optional.empty());
        pending.ask(round);
        Unawaited.result(round.read(batch, oversized, executor)
                .whenCompleteAsync((replies, failure) -> answered(round, replies, failure), executor));
    }

    private void answered(Round round, @Nullable Replies replies, @Nullable Throwable failure) {
        if (closed || !pending.is(round)) {
            return;
        }
        pending.stop();
        if (isRefusal(failure)) {
            heardAt = System.nanoTime();
            known.forgetAll(); // it answers with an error alone, so nothing is known of now
            agenda.everyone();
            read();
            return;
        }
        if (replies == null) {
            LOG.debug("a round failed", failure);
            link.drop(connector.failures().endOf(failure));
            return;
        }
        link.works();
        heardAt = System.nanoTime();
        if (announcements.mayCome()) {
            known.keep(round.fresh(), round.changed());
        }
        if (announcements.inForce()) {
            dueTimes.note(round);
        }
        telling.answered(round, replies, announcements.inForce() ? Optional.of(dueTimes) : Optional.empty());
        read();
    }

    private void expired() {
        if (!closed) {
            link.drop("%s has not answered for %s s"
                    .formatted(
                            Optional.ofNullable(batch)
                                    .flatMap(Batch::silent)
                                    .orElseGet(connector::at)
                                    .hostAndPort(),
                            patience.toMillis() / 1000.0));
        }
    }

    /** The slow way, beside the announcements: everything once more, and those at rest told that it is still so. */
    private void audit() {
        if (batch == null || !pending.isNone()) {
            return;
        }
        auditedAt = System.nanoTime();
        Audit audit = new Audit(known);
        pending.ask(audit);
        Unawaited.result(
                audit.ask(batch).whenCompleteAsync((seen, failure) -> audited(audit, seen, failure), executor));
    }

    private void audited(Audit audit, Audit.@Nullable Seen seen, @Nullable Throwable failure) {
        if (closed || !pending.is(audit)) {
            return;
        }
        pending.stop();
        if (seen != null) {
            audit.missed(seen).ifPresent(key -> announcements.distrust("a change of a key was not announced: " + key));
        } else if (isRefusal(failure)) {
            known.forgetAll(); // it may not be asked in this way, so each pool is read as it is at first
        } else {
            link.drop(connector.failures().endOf(failure));
            return;
        }
        agenda.everyone();
        read();
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        return Failures.cause(failure) instanceof RedisCommandExecutionException;
    }

    @Override
    public void changed(Collection<String> keys) {
        keys.forEach(known::forget);
        pending.change(keys);
        if (announcements.inForce()) {
            Set<PoolKey> later = agenda.wake(keys);
            if (!later.isEmpty()) {
                Unawaited.result(executor.schedule(() -> wake(later), breath.toMillis(), TimeUnit.MILLISECONDS));
            }
            read();
        }
    }

    private void wake(Set<PoolKey> pools) {
        agenda.wakeNow(pools);
        read();
    }

    @Override
    public void anyChanged() {
        known.forgetAll();
        pending.change(agenda.readers().keys());
        agenda.everyone();
        read();
    }

    @Override
    public void measuring(Measuring how) {
        if (announcements.inForce()) {
            auditedAt = System.nanoTime();
            agenda.add(agenda.readers().timed()); // when the next job falls due was not asked until now
        } else if (!announcements.mayCome()) {
            dueTimes.cancelAll();
            known.forgetAll();
        }
        read();
        listener.measuring(how);
    }

    @Override
    public void up(Nodes nodes) {
        batch = new Batch(nodes, connector, () -> executor.execute(this::anyChanged));
        announcements.begin(nodes);
        agenda.everyone();
        read();
    }

    @Override
    public void down(String why) {
        batch = null;
        if (connector.follows()) {
            hearing.moveOn(why);
        }
        pending.stop();
        announcements.end();
        known.forgetAll();
        agenda.nobodyRests();
        dueTimes.cancelAll();
        telling.unavailable(why);
    }
}
