package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Flag;
import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.framework.Launch.Variable.PodName;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Celery on Redis, as kombu lays it out. With early acknowledgement, which is Celery's default, a running task stands
 * nowhere in Redis: only the workers' heartbeats tell of it.
 *
 * @param app the application, as for {@code celery -A}
 * @param keyPrefix the transport option {@code global_keyprefix}, empty where there is none
 * @param visibilityTimeout the transport option of that name: so long after it was taken, what was not acknowledged is given back
 *     by a worker that runs then, and by nobody else
 * @param resultsAtBroker whether results are to be kept there too; else the app's own result backend is not touched
 */
public record Celery(Optional<String> app, String keyPrefix, Duration visibilityTimeout, boolean resultsAtBroker)
        implements Framework {
    /** Workers send a heartbeat every 2 s; a solo pool sends none while it works. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(10);

    private static final Figure NO_FAILED = new Figure.Unknown("Celery does not keep them");

    private static final Flag SCHEDULE = new Flag(
            List.of("-s", "--schedule"), List.of("--schedule=" + ConnectionKeys.SCHEDULE_DIR + "/celerybeat-schedule"));

    private static final String HOSTNAME = "celery@$(POD_NAME)";

    /** kombu's priority steps 0, 3, 6 and 9, a list each; LPUSH in, BRPOP out, so that the tail is the oldest. */
    private static final List<String> STEPS = List.of("", "\u0006\u00163", "\u0006\u00166", "\u0006\u00169");

    public Celery(Optional<String> app, String keyPrefix, Duration visibilityTimeout) {
        this(app, keyPrefix, visibilityTimeout, false);
    }

    @Override
    public List<Read> reads(List<String> queues, Moment moment) {
        List<Read> reads = new ArrayList<>();
        for (String queue : queues) {
            for (CeleryList list : lists(queue)) {
                reads.add(list.length());
                reads.add(list.oldest());
            }
        }
        // After the lists: a task that is taken in between is counted twice, not never.
        reads.add(CeleryTaken.size(keyPrefix));
        return reads;
    }

    @Override
    public List<Read> followUps(List<String> queues, Replies first) {
        List<Read> reads = new ArrayList<>();
        for (String queue : queues) {
            lists(queue).forEach(list -> list.followUp(first).ifPresent(reads::add));
        }
        reads.addAll(CeleryTaken.followUps(keyPrefix, first));
        return reads;
    }

    @Override
    public List<String> reportChannels(int database) {
        return List.of(CeleryEvent.channels(keyPrefix, database));
    }

    @Override
    public Optional<WorkerReport> report(String channel, String message) {
        return CeleryEvent.parse(message);
    }

    @Override
    public Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at) {
        CeleryTaken taken =
                replies.once(new Shared("unacked", keyPrefix), () -> CeleryTaken.interpret(keyPrefix, replies));
        List<WorkerReport> hosts = replies.once(new Shared("workers", keyPrefix), () -> CeleryEvent.byHost(heard));
        List<CeleryQueue> all = queues.stream()
                .map(queue -> CeleryQueue.of(queue, lists(queue), taken, visibilityTimeout, replies))
                .toList();
        return new Measured(
                at,
                all.stream().map(CeleryQueue::reading).toList(),
                new Workers.Reported(hosts, SILENT_AFTER),
                // With late acknowledgement a running task stands in unacked too, and nothing there tells it from a
                // held one.
                true,
                new Beside(all.stream().map(CeleryQueue::later).reduce(Figure.of(0), Figure::plus), NO_FAILED),
                all.stream().flatMap(queue -> queue.next().stream()).min(Instant::compareTo));
    }

    @Override
    public Optional<Amqp> amqp() {
        return Optional.of(new CeleryAmqp());
    }

    @Override
    public Launch launch(Work work) {
        String concurrency = Integer.toString(work.concurrency());
        String queues = String.join(",", work.queues());
        List<Flag> flags = List.of(
                new Flag(List.of("-c", "--concurrency"), List.of("--concurrency=" + concurrency)),
                new Flag(List.of("-Q", "--queues"), List.of("--queues=" + queues)),
                new Flag(List.of("-n", "--hostname"), List.of("--hostname=" + HOSTNAME)),
                // What workers tell each other nobody here needs: without it they idle on half the connections.
                new Flag(List.of("--without-gossip"), List.of("--without-gossip")),
                new Flag(List.of("--without-mingle"), List.of("--without-mingle")));
        // The same once more for images whose entrypoint nobody knows: Celery's command line reads these.
        List<Variable> variables = new ArrayList<>(List.of(
                new PodName("POD_NAME"),
                new FromConnection("CELERY_BROKER_URL", ConnectionKeys.CELERY_URL),
                new Literal("CELERY_WORKER_CONCURRENCY", concurrency),
                new Literal("CELERY_WORKER_QUEUES", queues),
                new Literal("CELERY_WORKER_HOSTNAME", HOSTNAME)));
        if (resultsAtBroker) {
            // It wins over what the app says, and would switch results on where the app keeps none.
            variables.add(new FromConnection("CELERY_RESULT_BACKEND", ConnectionKeys.CELERY_URL));
        }
        return new Launch(
                app.map(name -> List.of("celery", "-A", name, "worker")).orElse(List.of()), flags, variables);
    }

    /** Beat notes when each task was last due in a file, by default in its working directory, which is the image's. */
    @Override
    public List<String> argumentsOfScheduler(List<String> command) {
        return CommandLine.of(command)
                .after("celery")
                .filter(words ->
                        CeleryCommand.subcommand(words).filter("beat"::equals).isPresent())
                .map(words -> new Launch(List.of(), List.of(SCHEDULE), List.of()).flagsNotIn(words))
                .orElse(List.of());
    }

    @Override
    public List<String> wrapper() {
        return List.of("python3", ConnectionKeys.CODE_DIR + "/run.py");
    }

    @Override
    public boolean presentsByItself() {
        return true;
    }

    @Override
    public String whereQueuesAreNamed() {
        return "-Q of the worker (celery inspect active_queues lists them)";
    }

    @Override
    public boolean starts(List<String> command) {
        return CommandLine.of(command)
                .after("celery")
                .flatMap(CeleryCommand::subcommand)
                .filter("worker"::equals)
                .isPresent();
    }

    /** What all pools have in common whose keys begin alike. */
    private record Shared(String what, String keyPrefix) {}

    private List<CeleryList> lists(String queue) {
        return STEPS.stream()
                .map(step -> new CeleryList(keyPrefix + queue + step))
                .toList();
    }
}
