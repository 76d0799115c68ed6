package dev.workerpool.tools.bench;

import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.tools.bench.Figures.Converged;
import dev.workerpool.tools.bench.Figures.Cost;
import dev.workerpool.tools.bench.Figures.Heavy;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run: pools are created, left alone, woken one by one, and then all given work. */
final class Bench {
    /** A pool that was just made says so until it was watched for a full minute: one more write each. */
    private static final Duration UNTIL_NOTHING_IS_NEW = Duration.ofSeconds(75);

    private static final int CREATORS = 8;
    private static final int MOST_OF_THE_FLOOR = 1000;

    private final Arena arena;
    private final Plan plan;
    private final PrintStream out;

    private Bench(Arena arena, PrintStream out) {
        this.arena = arena;
        this.plan = arena.plan();
        this.out = out;
    }

    /** Says on {@code progress} what it is about to do. */
    static Figures run(Plan plan, PrintStream progress) throws InterruptedException {
        progress.printf("%d pools of %s: the control plane starts ...%n", plan.pools(), plan.keys());
        try (ControlPlane cluster = ControlPlane.start()) {
            return on(cluster, plan, progress);
        }
    }

    /** On a control plane that is there already. */
    static Figures on(ControlPlane cluster, Plan plan, PrintStream progress) throws InterruptedException {
        try (Arena arena = Arena.open(cluster, plan)) {
            return new Bench(arena, progress).all();
        }
    }

    private Figures all() throws InterruptedException {
        Figures.Floor floor = floor();
        Converged converged = converge();
        Watched watched = watch();
        return new Figures(
                plan.pools(),
                plan.keys().name(),
                plan.pollInterval(),
                plan.heap(),
                Runtime.getRuntime().availableProcessors(),
                floor,
                converged,
                watched.reactions(),
                watched.idle(),
                watched.heavy(),
                watched.busy());
    }

    private Figures.Floor floor() {
        int pools = Math.min(plan.pools(), MOST_OF_THE_FLOOR);
        out.printf("the objects of %d pools are made bare ...%n", pools);
        return new Figures.Floor(pools, arena.bareObjects().seconds(pools, CREATORS));
    }

    private record Watched(
            List<Figures.Reactions> reactions,
            Cost idle,
            @Nullable Heavy heavy,
            Cost busy) {}

    private Watched watch() throws InterruptedException {
        try (SizeWatch sizes = new SizeWatch(arena.cluster().admin(), Arena.NAMESPACE);
                Workforce workforce = Workforce.of(arena)) {
            Thread.sleep(UNTIL_NOTHING_IS_NEW);
            Cost idle = rest(sizes);
            out.printf("%d tries of each reaction ...%n", plan.tries());
            ReactionTries tries = new ReactionTries(arena, sizes);
            List<Figures.Reactions> reactions = tries.run();
            Heavy heavy = plan.ballast() ? heavy(tries, sizes) : null;
            out.printf("at work for %d s ...%n", plan.costFor().toSeconds());
            return new Watched(reactions, idle, heavy, busy(workforce, sizes));
        }
    }

    private Cost rest(SizeWatch sizes) throws InterruptedException {
        out.printf("at rest for %d s ...%n", plan.costFor().toSeconds());
        CostMeter meter = new CostMeter(arena, sizes);
        Thread.sleep(plan.costFor());
        return meter.read();
    }

    private Heavy heavy(ReactionTries tries, SizeWatch sizes) throws InterruptedException {
        out.println("ballast is put into the broker ...");
        Ballast.fill(arena.redis().commands(), plan.keys(), Arena.pool(plan.lastPool()));
        Thread.sleep(UNTIL_NOTHING_IS_NEW);
        Cost idle = rest(sizes);
        out.printf("%d tries of each reaction beside the ballast ...%n", plan.tries());
        return new Heavy(tries.run(), idle);
    }

    private Converged converge() {
        AuditLog.Mark mark = arena.cluster().auditLog().mark();
        long began = System.nanoTime();
        double[] created = new double[1];
        arena.awaitReady(() -> {
            create();
            created[0] = secondsSince(began);
        });
        double seconds = secondsSince(began);
        Map<String, Long> requests = arena.requestsSince(mark);
        requests.keySet().removeIf(what -> what.endsWith(" leases"));
        long all = requests.values().stream().mapToLong(Long::longValue).sum();
        out.printf("%d pools are Ready after %.1f s%n", plan.pools(), seconds);
        return new Converged(seconds, created[0], requests, (double) all / plan.pools());
    }

    private void create() {
        try (ExecutorService creators = Executors.newFixedThreadPool(CREATORS)) {
            List<CompletableFuture<Void>> creates = IntStream.range(0, plan.pools())
                    .mapToObj(number -> CompletableFuture.runAsync(() -> arena.createPool(number), creators))
                    .toList();
            creates.forEach(CompletableFuture::join);
        }
    }

    /** Jobs for pools at random, one to sixteen at a time, while workers take them. */
    private Cost busy(Workforce workforce, SizeWatch sizes) throws InterruptedException {
        Random random = new Random(2);
        workforce.begin();
        CostMeter meter = new CostMeter(arena, sizes);
        long end = System.nanoTime() + plan.costFor().toNanos();
        while (System.nanoTime() < end) {
            arena.enqueue(random.nextInt(plan.pools()), 1 + random.nextInt(16));
            Thread.sleep(Duration.ofNanos((long) (1e9 / plan.busyRate())));
        }
        return meter.read();
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
