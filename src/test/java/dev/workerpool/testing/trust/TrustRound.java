package dev.workerpool.testing.trust;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.ProducerRefused;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RunningWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One case with one framework: a producer and a worker, both with the mounted code, and a server. */
final class TrustRound {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Jobs JOB = Jobs.jobs(1).inQueue("mail");

    private final TrustedWorker framework;
    private final TrustCase trustCase;
    private final PrivateCa ca = PrivateCa.create();
    private final Leaf selfSigned = PrivateCa.selfSignedLeaf();
    private final TrustFolder folder;
    private final TrustFolder seeders;

    TrustRound(TrustedWorker framework, TrustCase trustCase, Path folder, Path seeders) {
        this.framework = framework;
        this.trustCase = trustCase;
        this.folder = new TrustFolder(folder);
        this.seeders = new TrustFolder(seeders);
    }

    /** Fails where a worker or a producer does otherwise than the case says. */
    void run() {
        try (RedisServer server = RedisServer.start(trustCase.scene().server().by(ca, selfSigned))) {
            Map<String, String> trust =
                    folder.write(server.port(), trustCase.scene().told(), ca, selfSigned);
            if (trustCase.connects()) {
                doesJobs(server, trust);
            } else {
                refuses(server, trust);
            }
        }
    }

    private void doesJobs(RedisServer server, Map<String, String> trust) {
        try (Producer producer = producer(server, trust);
                RunningWorker worker = worker(server, trust)) {
            producer.send(JOB);
            await().atMost(PATIENCE)
                    .conditionEvaluationListener(ignored -> assertTrue(worker.isAlive(), worker::log))
                    .until(() -> server.count("done") == 1);
        }
    }

    private void refuses(RedisServer server, Map<String, String> trust) {
        seed(server);
        try (Producer producer = producer(server, trust);
                RunningWorker worker = worker(server, trust)) {
            ProducerRefused refused = assertThrows(ProducerRefused.class, () -> producer.send(JOB));
            assertTrue(trustCase.isRefusedBy(String.valueOf(refused.getMessage())), refused::getMessage);
            await().atMost(PATIENCE).until(() -> !worker.isAlive() || trustCase.isRefusedBy(worker.log()));
            assertTrue(trustCase.isRefusedBy(worker.log()), worker::log);
            assertEquals(0, server.count("done"), worker::log);
        }
    }

    /** A job that a worker would do, by a producer that takes any server. */
    private void seed(RedisServer server) {
        boolean plain = trustCase.scene().server() == Presents.NO_TLS;
        Map<String, String> trust =
                plain ? Map.of() : seeders.write(server.port(), Told.nothing().identifying(), ca, selfSigned);
        try (Producer producer = producer(server, trust)) {
            assertEquals(1, producer.send(JOB).count());
        }
    }

    private Producer producer(RedisServer server, Map<String, String> trust) {
        Map<String, String> all = variables(server, trust);
        if (!trust.isEmpty()) {
            all.putAll(framework.code().loading());
        }
        return framework.app(trustCase.scene().manner()).producer(all);
    }

    private RunningWorker worker(RedisServer server, Map<String, String> trust) {
        return framework
                .app(trustCase.scene().manner())
                .startWorker(
                        framework.pod().withEnv(variables(server, trust)),
                        framework.code().wrapper());
    }

    private Map<String, String> variables(RedisServer server, Map<String, String> trust) {
        Map<String, String> all = new HashMap<>(framework.pointingAt(server.url()));
        all.putAll(trust);
        return all;
    }
}
