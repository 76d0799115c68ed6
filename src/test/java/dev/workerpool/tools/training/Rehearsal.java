package dev.workerpool.tools.training;

import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.jobs.FreePort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * What every operator does first, done once for the JVM to learn from.
 *
 * @param program from further options of the JVM to the command that starts the operator
 * @param folder for what is left of it: a log, certificates
 */
public record Rehearsal(UnaryOperator<List<String>> program, Path folder) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public static Rehearsal of(UnaryOperator<List<String>> program, Path folder) {
        return new Rehearsal(program, folder);
    }

    /** Leaves the AOT cache there; a program of the same command takes it by {@code -XX:AOTCache}. */
    public void into(Path cache) throws IOException, InterruptedException {
        Files.deleteIfExists(cache);
        try (StandIn cluster = StandIn.start(folder);
                Redis redis = Redis.startWhereThereIsOne();
                Child operator = operator(cluster, cache)) {
            create(cluster, redis.broker());
            create(
                    cluster,
                    APool.named("mail")
                            .ofFramework("framework: Sidekiq")
                            .with("scaling: {minReplicas: 0, maxReplicas: 10, target: {backlogPerWorker: 10}}")
                            .withWorkers()
                            .yaml());
            await(operator, "a first reconcile", () -> operator.log().contains("first reconcile"));
            if (redis.isThere()) {
                await(operator, "the Deployment of a pool", cluster::hasDeployment);
            }
            // What else the first moments bring, as measurements and statuses.
            Thread.sleep(Duration.ofSeconds(5));
            operator.process().destroy();
            if (!operator.endedWithin(PATIENCE) || !Files.isRegularFile(cache)) {
                throw new IllegalStateException("the operator left no AOT cache:\n" + operator.log());
            }
        }
    }

    private Child operator(StandIn cluster, Path cache) {
        List<String> command = new ArrayList<>(program.apply(List.of("-XX:AOTCacheOutput=" + cache)));
        command.addAll(List.of("run", "--listen=127.0.0.1:" + FreePort.next(), "--allow-address=127.0.0.0/8,::1"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Whatever the builder's own Java is told by its environment is not for this one.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Path log = folder.resolve("operator.log");
        return Child.start(builder.redirectOutput(log.toFile()), cluster.environment(), log);
    }

    private static void create(StandIn cluster, String yaml) {
        cluster.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace("default")
                .create();
    }

    private static void await(Child operator, String what, BooleanSupplier is) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !is.getAsBoolean(); Thread.sleep(100)) {
            if (System.nanoTime() > end || !operator.process().isAlive()) {
                throw new IllegalStateException("waited in vain for " + what + ":\n" + operator.log());
            }
        }
    }
}
