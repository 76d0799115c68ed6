package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Heard;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Celery;
import dev.workerpool.framework.Custom;
import dev.workerpool.framework.Framework;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What tests of sessions say again and again. */
final class Sessions {
    static final PoolKey MAIL = new PoolKey("default", "mail");
    static final Duration OFTEN = Duration.ofMillis(200);

    private Sessions() {}

    static BrokerClient.Session measuring(RedisBroker broker, Dialling dialling, Heard heard, Query query) {
        BrokerClient.Session session = broker.open(dialling.connection(), OFTEN, heard);
        session.measure(Map.of(MAIL, query));
        return session;
    }

    static Query lists(String... queues) {
        return new Query(
                new Custom(List.of(new Custom.Key(Custom.Type.LIST, "{queue}")), List.of()),
                List.of(queues),
                Duration.ZERO);
    }

    static Query celery(String... queues) {
        return query(new Celery(Optional.of("tasks"), "", Duration.ofHours(1)), queues);
    }

    static Query query(Framework framework, String... queues) {
        return new Query(framework, List.of(queues), Duration.ZERO);
    }

    static Predicate<Measured> waiting(String queue, long jobs) {
        return measured -> reading(measured, queue).waiting().equals(Figure.of(jobs));
    }

    static QueueReading reading(Measured measured, String queue) {
        return measured.queues().stream()
                .filter(reading -> reading.name().equals(queue))
                .findFirst()
                .orElseThrow();
    }

    static String why(Figure figure) {
        return figure instanceof Figure.Unknown unknown ? unknown.why() : "";
    }

    static Optional<WorkerReport> report(Measured measured, String host) {
        return measured.workers() instanceof Workers.Reported reported
                ? reported.reports().stream()
                        .filter(report -> report.host().equals(host))
                        .findFirst()
                : Optional.empty();
    }
}
