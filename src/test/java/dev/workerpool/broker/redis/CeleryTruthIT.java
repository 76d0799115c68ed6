package dev.workerpool.broker.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Interest;
import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Celery;
import dev.workerpool.scaling.Decider;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.History;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Observation;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Workers;
import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Jobs;
import dev.workerpool.testing.jobs.Producer;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.RunningWorker;
import dev.workerpool.testing.jobs.WorkerPod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hundred Celery tasks at random moments, each of which notes itself from when to when it ran: no decision is for zero while one
 * does. So that zero is at stake in nearly every pause between two tasks, the rules that work by time are hurried to a thirtieth; what
 * is left between a running task and zero is the proof by readings and by the workers' own reports.
 */
@Tag("long")
class CeleryTruthIT {
    private static final int WORKERS = 8;
    private static final int TASKS = 200;
    private static final int HURRY = 30;

    /** A reading takes a while, and a task that is taken meanwhile is finished by a worker that is told to go. */
    private static final Duration READING = Duration.ofMillis(100);

    private static final Settings SETTINGS = new Settings(
            0, 1, Optional.of(new Settings.Scaling(Settings.Mode.ACTIVE, 0, 1, 10, Duration.ofSeconds(1))));

    private final Clock clock = Clock.systemUTC();
    private final Instant origin = clock.instant();
    private final Random random = new Random(20_261_121);
    private final CeleryApp app = new CeleryApp();

    @Test
    void neverIsZeroDecidedWhileATaskRuns() {
        Map<PoolKey, Watched> pools =
                IntStream.range(0, WORKERS).boxed().collect(Collectors.toMap(CeleryTruthIT::key, Watched::new));
        Map<PoolKey, Query> queries = pools.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        pool -> new Query(
                                new Celery(Optional.of("tasks"), "", Duration.ofHours(1)),
                                List.of(pool.name()),
                                Duration.ofSeconds(2))));
        List<RunningWorker> workers = new ArrayList<>();
        try (RedisServer redis = RedisServer.plain();
                RedisBroker broker = Loopback.broker(clock)) {
            pools.keySet().forEach(pool -> workers.add(worker(redis, pool.name())));
            Session session = broker.open(
                    Dialling.plainly(redis).connection(),
                    Duration.ofMillis(200),
                    (pool, measurement) ->
                            Objects.requireNonNull(pools.get(pool)).sees(measurement));
            session.measure(queries);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> pools.values().stream().allMatch(Watched::isAtStake));
            List<Thread> senders = pools.keySet().stream()
                    .map(pool -> sender(redis, pool.name(), new Random(random.nextLong())))
                    .toList();
            senders.forEach(CeleryTruthIT::join);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> pools.keySet().stream()
                                    .mapToLong(pool -> redis.count("done-" + pool.name()))
                                    .sum()
                            == TASKS);
            session.close();
            judge(pools, redis);
        } finally {
            workers.forEach(RunningWorker::close);
        }
    }

    private static void judge(Map<PoolKey, Watched> pools, RedisServer redis) {
        int zeros = 0;
        int stretches = 0;
        int readings = 0;
        int tasks = 0;
        List<String> wrong = new ArrayList<>();
        for (var entry : pools.entrySet()) {
            List<Ran> ran = redis.cli("LRANGE", "done-" + entry.getKey().name() + ":ran", "0", "-1")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(Ran::parse)
                    .toList();
            Watched watched = entry.getValue();
            tasks += ran.size();
            zeros += watched.zeros.size();
            readings += watched.readings;
            stretches += watched.stretches;
            for (Instant zero : watched.zeros) {
                ran.stream()
                        .filter(task -> task.began().isBefore(zero.minus(READING)) && zero.isBefore(task.ended()))
                        .forEach(task -> wrong.add("%s at %s while %s".formatted(entry.getKey(), zero, task)));
            }
        }
        System.out.printf(
                "%d Celery tasks (half of them acknowledged late), %d readings, %d decisions for zero in %d pauses, %d of them while a task ran%n",
                tasks, readings, zeros, stretches, wrong.size());
        assertEquals(List.of(), wrong);
        assertEquals(TASKS, tasks);
        assertTrue(stretches > TASKS / 8, "zero was at stake often: " + stretches);
    }

    /** When a task ran, as it has noted itself. */
    private record Ran(Instant began, Instant ended) {
        static Ran parse(String line) {
            String[] times = line.strip().split(" ", 2);
            return new Ran(time(times[0]), time(times[1]));
        }

        private static Instant time(String seconds) {
            return Instant.ofEpochMilli((long) (Double.parseDouble(seconds) * 1000));
        }
    }

    /** One pool with one worker that stays, whatever is decided. */
    private final class Watched {
        private final Fleet fleet;
        private final List<Instant> zeros = new ArrayList<>();
        private History history = History.begin(origin);
        private int readings;
        private int stretches;
        private boolean zero;

        Watched(int number) {
            var life = new Fleet.Life(Optional.of(origin), Optional.of(origin), Optional.empty());
            fleet = new Fleet(1, 1, List.of(new Fleet.Pod(pod(number), true, false, life)));
        }

        synchronized Interest sees(Measurement measurement) {
            if (measurement instanceof Measured measured) {
                Instant at = hurried(measured.at());
                var observation = new Observation(at, fleet, hurried(measured, at));
                history = history.observe(observation, SETTINGS);
                note(Decider.decide(SETTINGS, observation, history), measured.at());
            }
            return Interest.READINGS;
        }

        private void note(Decision decision, Instant at) {
            readings++;
            boolean now = decision.replicas() == 0;
            stretches += now && !zero ? 1 : 0;
            zero = now;
            if (now) {
                zeros.add(at);
            }
        }

        synchronized boolean isAtStake() {
            return zero;
        }
    }

    private Instant hurried(Instant real) {
        return origin.plus(Duration.between(origin, real).multipliedBy(HURRY));
    }

    /** A worker that is silent for so long is silent for so much longer by the hurried clock. */
    private static Measured hurried(Measured measured, Instant at) {
        Workers workers = measured.workers() instanceof Workers.Reported reported
                ? new Workers.Reported(
                        reported.reports(), reported.silentAfter().multipliedBy(HURRY))
                : measured.workers();
        var hurried =
                new Measured(at, measured.queues(), workers, measured.heldMayRun(), measured.beside(), measured.next());
        return measured.stirred() ? hurried.whenStirred() : hurried;
    }

    private Thread sender(RedisServer redis, String queue, Random dice) {
        return Thread.ofPlatform().start(() -> {
            try (Producer producer = app.producer(redis)) {
                for (int i = 0; i < TASKS / WORKERS; i++) {
                    sleep(Duration.ofMillis(dice.nextInt(500, 9000)));
                    Jobs one = Jobs.jobs(1)
                            .inQueue(queue)
                            .countedUnder("done-" + queue)
                            .lasting(Duration.ofMillis(dice.nextInt(100, 4000)));
                    producer.send(i % 2 == 0 ? one : one.acknowledgedWhenDone());
                }
            }
        });
    }

    private RunningWorker worker(RedisServer redis, String queue) {
        return app.startWorker(WorkerPod.named("pod-" + queue)
                .withArgs("-Q", queue, "-c", "1", "--without-gossip", "--without-mingle")
                .withEnv(app.environmentFor(redis)));
    }

    private static PoolKey key(int number) {
        return new PoolKey("shop", "q" + number);
    }

    private static String pod(int number) {
        return "pod-q" + number;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
