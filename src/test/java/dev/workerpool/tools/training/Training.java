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

/** {@code Training OPERATOR_JAR IMAGE_ROOT OPTIONS_FILE FOLDER}: leaves the AOT cache and the options in the image's root. */
public final class Training {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StagedImage image;
    private final List<String> options;
    private final Path folder;

    private Training(StagedImage image, List<String> options, Path folder) {
        this.image = image;
        this.options = options;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[3]));
        List<String> options = Files.readAllLines(Path.of(arguments[2])).stream()
                .filter(line -> line.startsWith("-"))
                .toList();
        StagedImage image = StagedImage.of(Path.of(arguments[0]), Path.of(arguments[1]), folder);
        Files.createDirectories(image.cache().getParent());
        new Training(image, options, folder).run();
        image.writeOptions(options);
        System.out.printf("AOT cache: %.1f MB%n", Files.size(image.cache()) / 1e6);
        // The mock server leaves threads behind.
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Files.deleteIfExists(image.cache());
        try (StandIn cluster = StandIn.start(folder);
                Redis redis = Redis.startWhereThereIsOne();
                Child operator = operator(cluster)) {
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
            if (!operator.endedWithin(PATIENCE) || !Files.isRegularFile(image.cache())) {
                throw new IllegalStateException("the operator left no AOT cache:\n" + operator.log());
            }
        }
    }

    private Child operator(StandIn cluster) {
        List<String> learning = new ArrayList<>(options);
        learning.add("-XX:AOTCacheOutput=" + image.cache());
        List<String> command = new ArrayList<>(image.java(learning));
        command.addAll(List.of(
                "dev.workerpool.Main",
                "run",
                "--listen=127.0.0.1:" + FreePort.next(),
                "--allow-address=127.0.0.0/8,::1"));
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
