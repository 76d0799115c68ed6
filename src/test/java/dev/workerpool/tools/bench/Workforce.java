package dev.workerpool.tools.bench;

import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the pods would do if they were more than names: say that they live, as their framework does, and take jobs, each pod
 * two a second.
 */
final class Workforce implements AutoCloseable {
    private static final int JOBS_AT_A_TIME = 1;

    private final Plan plan;
    private final RedisView redis;
    private final SharedIndexInformer<Pod> pods;
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();
    private volatile boolean working;
    private @Nullable Thread days;

    private Workforce(Arena arena) {
        plan = arena.plan();
        redis = arena.redis();
        pods = arena.cluster()
                .admin()
                .pods()
                .inNamespace(Arena.NAMESPACE)
                .withLabel(Labels.POOL)
                .inform();
    }

    static Workforce of(Arena arena) {
        Workforce workforce = new Workforce(arena);
        workforce.days = Thread.ofPlatform().daemon().name("workforce").start(workforce::days);
        return workforce;
    }

    /** Works twice a second, and says that it lives as often as the framework does, until it is closed. */
    private void days() {
        int between = plan.keys() == Keys.Celery ? 4 : 10;
        try {
            for (int half = 0; ; half++) {
                Thread.sleep(500);
                if (half % between == 0) {
                    beat();
                }
                work();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on jobs are taken. */
    void begin() {
        working = true;
    }

    private List<Pod> live() {
        return pods.getStore().list().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private void beat() {
        RedisCommands<String, String> commands = redis.commands();
        live().forEach(pod -> {
            String name = pod.getMetadata().getName();
            report(commands, name, busy.getOrDefault(name, 0));
        });
    }

    private void report(RedisCommands<String, String> commands, String pod, int running) {
        String now = Keys.now();
        switch (plan.keys()) {
            case Sidekiq -> {
                String identity = pod + ":1:bench";
                commands.sadd("processes", identity);
                commands.hset(
                        identity,
                        Map.of(
                                "info",
                                "{\"hostname\":\"" + pod + "\",\"concurrency\":1}",
                                "busy",
                                Integer.toString(running),
                                "beat",
                                now,
                                "quiet",
                                "false"));
                commands.expire(identity, 60);
            }
            case Celery ->
                commands.publish(
                        "/0.celeryev/worker.heartbeat",
                        ("{\"body\":\"{\\\"hostname\\\":\\\"celery@%s\\\",\\\"active\\\":%d,\\\"timestamp\\\":%s,"
                                        + "\\\"type\\\":\\\"worker-heartbeat\\\"}\",\"properties\":{}}")
                                .formatted(pod, running, now));
            case Custom -> {}
        }
    }

    /** Jobs take half a second: who took some now has done them when this comes again. */
    private void work() {
        if (!working) {
            return;
        }
        busy.clear();
        Map<String, List<Pod>> crews = live().stream()
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getLabels().get(Labels.POOL)));
        crews.forEach((pool, crew) -> {
            List<String> taken = redis.commands().rpop(plan.keys().list(pool), (long) crew.size() * JOBS_AT_A_TIME);
            for (int i = 0; i < taken.size(); i++) {
                busy.put(crew.get(i).getMetadata().getName(), JOBS_AT_A_TIME);
            }
        });
    }

    @Override
    public void close() {
        Objects.requireNonNull(days).interrupt();
        pods.close();
    }
}
