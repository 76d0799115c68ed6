package dev.workerpool.tools.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Jobs for one pool after the other, and between any two of them a bare PATCH of a Deployment that nobody looks after. */
final class ReactionTries {
    private static final String BARE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: bare}
            spec:
              replicas: 0
              selector: {matchLabels: {app: bare}}
              template:
                metadata: {labels: {app: bare}}
                spec: {containers: [{name: worker, image: "example.com/worker:1"}]}
            """;

    /** As the pools' maxReplicas. */
    private static final int MANY = 8;

    private final Arena arena;
    private final SizeWatch sizes;
    private final Random random = new Random(1);

    /** In the order in which they are tried, each once. */
    private final Iterator<Integer> untried;

    ReactionTries(Arena arena, SizeWatch sizes) {
        this.arena = arena;
        this.sizes = sizes;
        this.untried = random.ints(0, arena.plan().pools())
                .filter(pool -> !arena.plan().ballast() || pool != arena.plan().lastPool())
                .distinct()
                .iterator();
        client().load(new ByteArrayInputStream(BARE.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(Arena.NAMESPACE)
                .create();
    }

    /** On pools that have not been tried before. */
    List<Figures.Reactions> run() throws InterruptedException {
        Percentiles floor = new Percentiles();
        Percentiles first = new Percentiles();
        Percentiles more = new Percentiles();
        List<Integer> pools = IntStream.range(0, arena.plan().tries())
                .mapToObj(number -> untried.next())
                .toList();
        for (int pool : pools) {
            pause();
            floor.add(barePatch());
            pause();
            first.add(sizes.timed(() -> arena.enqueue(pool, 1), Arena.pool(pool), 1));
        }
        for (int pool : pools) {
            pause();
            floor.add(barePatch());
            pause();
            more.add(sizes.timed(() -> arena.enqueue(pool, MANY), Arena.pool(pool), MANY));
        }
        return List.of(
                floor.beside(floor, "bare PATCH (the floor)"),
                first.beside(floor, "a job's arrival, 0 to 1"),
                more.beside(floor, "jobs' arrival, 1 to " + MANY));
    }

    private Duration barePatch() {
        int to = sizes.of("bare") == 1 ? 0 : 1;
        return sizes.timed(
                () -> client().apps()
                        .deployments()
                        .inNamespace(Arena.NAMESPACE)
                        .withName("bare")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":" + to + "}}"),
                "bare",
                to);
    }

    private KubernetesClient client() {
        return arena.cluster().admin();
    }

    /** Of random length, so that tries fall at all times between two readings. */
    private void pause() throws InterruptedException {
        Thread.sleep(200 + random.nextInt(1000));
    }
}
