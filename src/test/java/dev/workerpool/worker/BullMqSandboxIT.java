package dev.workerpool.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.trust.Told;
import dev.workerpool.testing.trust.TrustFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BullMQ's sandboxed processors, each with a connection of its own to the broker. */
class BullMqSandboxIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BullMqApp app = BullMqApp.bullMq();
    private final NodeCode code = new NodeCode();

    @ParameterizedTest
    @ValueSource(strings = {"process", "thread"})
    void aJobInASandboxVerifiesTheBroker(String kind, @TempDir Path folder) {
        PrivateCa ca = PrivateCa.create();
        try (RedisServer redis = RedisServer.start(RedisOptions.tls(ca))) {
            // Without the mounted code nobody there would know the authority.
            Map<String, String> variables = new HashMap<>(app.imageEnvironment());
            variables.put("REDIS_URL", redis.url());
            variables.putAll(new TrustFolder(folder).write(redis.port(), Told.full(), ca, new Leaf("", "")));
            List<String> command = new ArrayList<>(code.wrapper());
            command.addAll(List.of(NodeCode.interpreter(), script(), "mail", kind));
            try (Child worker = Child.start(new ProcessBuilder(command), variables, folder.resolve("worker.log"));
                    Producer producer = app.producer(app.environmentFor(redis))) {
                producer.send(Jobs.jobs(5).inQueue("mail"));
                await().atMost(PATIENCE)
                        .conditionEvaluationListener(
                                ignored -> assertTrue(worker.process().isAlive(), worker::log))
                        .until(() -> redis.count("done") == 5);
            }
        }
    }

    private static String script() {
        return Checkout.path("src/test/apps/trust/node/sandbox.cjs").toString();
    }
}
