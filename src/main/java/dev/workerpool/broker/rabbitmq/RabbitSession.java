package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workerpool.broker.BrokerClient.Listener;
import dev.workerpool.broker.BrokerClient.Measuring;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.broker.dialling.Backoff;
import dev.workerpool.framework.Amqp;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Measurement.Unavailable;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.Workers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the pools of one broker over one connection, at each interval. One thread connects, asks and tells, one after the other: so the
 * listener is never called twice at once.
 */
final class RabbitSession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(RabbitSession.class);
    private static final Measuring HOW =
            new Measuring.Poll("RabbitMQ tells nobody of changes, so its queues are read at each interval");

    private final Connector connector;
    private final Clock clock;
    private final Listener listener;
    private final Agenda agenda;
    private final Backoff backoff;
    private final Map<Amqp, Ear> ears = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    RabbitSession(Connector connector, Clock clock, RandomGenerator random, Duration interval, Listener listener) {
        this.connector = connector;
        this.clock = clock;
        this.listener = listener;
        this.agenda = new Agenda(interval, random);
        this.backoff = new Backoff(random);
    }

    /** @param whenEnded called once everything is released */
    void start(Runnable whenEnded) {
        Thread.ofVirtual().name("workerpool-rabbitmq-session").start(() -> {
            run();
            whenEnded.run();
        });
    }

    @Override
    public void measure(Map<PoolKey, Query> pools) {
        agenda.replace(pools);
    }

    /** Returns at once; a call of the listener that has begun may still be under way. */
    @Override
    public void close() {
        agenda.end();
    }

    /** Done when everything is released. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void run() {
        try {
            while (!agenda.isOver()) {
                String why = connectAndMeasure();
                ears.values().forEach(ear -> ear.forgetConnection(why));
                agenda.pools().forEach((pool, query) -> tell(pool, query, () -> new Unavailable(clock.instant(), why)));
                agenda.rest(backoff.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.complete(null);
        }
    }

    /** Until the connection is lost, or could not be made: returns why. */
    private String connectAndMeasure() throws InterruptedException {
        try {
            Connection made = connector.connect();
            try {
                made.addShutdownListener(end -> agenda.stir());
                return measureOn(made);
            } finally {
                Connector.end(made);
            }
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            LOG.debug("the connection failed", e);
            return connector.failures().explain(e).message();
        }
    }

    private String measureOn(Connection made) throws IOException, InterruptedException {
        listener.measuring(HOW);
        Depths depths = new Depths(made);
        agenda.everyone();
        while (true) {
            Map<PoolKey, Query> due = agenda.take();
            if (agenda.isOver() || !made.isOpen()) {
                return connector.failures().lost();
            }
            if (due.isEmpty()) {
                continue;
            }
            listen(made);
            Map<String, Figure> ready = depths.read(queues(due));
            backoff.succeeded();
            due.forEach((pool, query) -> tell(pool, query, () -> measured(query, ready)));
        }
    }

    private static Set<String> queues(Map<PoolKey, Query> due) {
        return due.values().stream()
                .filter(query -> query.framework().amqp().isPresent())
                .flatMap(query -> query.queues().stream())
                .collect(Collectors.toSet());
    }

    private void listen(Connection made) throws IOException {
        Set<Amqp> wanted = agenda.pools().values().stream()
                .flatMap(query -> query.framework().amqp().stream())
                .collect(Collectors.toSet());
        ears.keySet().retainAll(wanted);
        for (Amqp framework : wanted) {
            ears.computeIfAbsent(framework, one -> new Ear(one, clock)).attend(made);
        }
    }

    private Measured measured(Query query, Map<String, Figure> ready) {
        return query.framework()
                .amqp()
                .map(framework -> measured(framework, query, ready))
                .orElseGet(() -> foreign(query));
    }

    private Measured measured(Amqp framework, Query query, Map<String, Figure> ready) {
        Optional<Ear> ear = Optional.ofNullable(ears.get(framework));
        Measured read = framework.interpret(
                query.queues(), ready, ear.map(Ear::reports).orElseGet(java.util.List::of), clock.instant());
        return ear.flatMap(Ear::deafness)
                .map(why -> read.with(new Workers.Untold(why)))
                .orElse(read);
    }

    /** Of a framework that does not work over RabbitMQ: its jobs are somewhere else, if anywhere. */
    private Measured foreign(Query query) {
        String why = "this framework keeps no jobs in RabbitMQ";
        Figure unknown = new Figure.Unknown(why);
        return new Measured(
                clock.instant(),
                query.queues().stream()
                        .map(queue -> new QueueReading(queue, unknown, unknown, unknown, unknown, Optional.empty()))
                        .toList(),
                new Workers.Untold(why),
                false,
                Beside.unknown(why));
    }

    /** Nobody is told of a pool that is gone, or asks something else by now; one pool's fault is not another's. */
    private void tell(PoolKey pool, Query query, Supplier<Measurement> measurement) {
        if (agenda.isOver() || !query.equals(agenda.pools().get(pool))) {
            return;
        }
        try {
            listener.measured(pool, measurement.get());
        } catch (RuntimeException e) {
            LOG.error("the measurement of {}/{} was lost", pool.namespace(), pool.name(), e);
        }
    }
}
