package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Flag;
import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.framework.Launch.Variable.PodName;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.QueueReading.Tail;
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
 */
public record Celery(Optional<String> app, String keyPrefix) implements Framework {
    /** Workers send a heartbeat every 2 s; a solo pool sends none while it works. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(10);

    /** Messages of {@code unacked} that are read to tell whose they are: each comes whole, about 1 KB. */
    static final int UNACKED_LIMIT = 1000;

    private static final String HOSTNAME = "celery@$(POD_NAME)";

    /** kombu's priority steps 0, 3, 6 and 9, a list each; LPUSH in, BRPOP out, so that the tail is the oldest. */
    private static final List<String> STEPS = List.of("", "\u0006\u00163", "\u0006\u00166", "\u0006\u00169");

    @Override
    public List<Read> reads(List<String> queues, Moment moment) {
        List<Read> reads = new ArrayList<>();
        for (String queue : queues) {
            for (String list : lists(queue)) {
                reads.add(new Read.ListLength(list));
                reads.add(new Read.ListElement(list, -1));
            }
        }
        // After the lists: a task that is taken in between is counted twice, not never.
        reads.add(unacked());
        return reads;
    }

    @Override
    public List<Read> followUps(List<String> queues, Replies first) {
        long unacked = first.count(unacked()).atLeast();
        return unacked > 0 && unacked <= UNACKED_LIMIT ? List.of(messages()) : List.of();
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
        Attribution held = replies.once(new Shared("unacked", keyPrefix), () -> held(replies));
        List<WorkerReport> hosts = replies.once(new Shared("workers", keyPrefix), () -> CeleryEvent.byHost(heard));
        List<QueueReading> readings = queues.stream()
                .map(queue -> new QueueReading(
                        queue,
                        waiting(queue, replies),
                        held.of(queue),
                        Figure.of(0),
                        Figure.of(0),
                        tail(queue, replies)))
                .toList();
        // With late acknowledgement a running task stands in unacked too, and nothing there tells it from a held one.
        return new Measured(at, readings, new Workers.Reported(hosts, SILENT_AFTER), true);
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
        List<Variable> variables = List.of(
                new PodName("POD_NAME"),
                new FromConnection("CELERY_BROKER_URL", ConnectionKeys.CELERY_URL),
                new Literal("CELERY_WORKER_CONCURRENCY", concurrency),
                new Literal("CELERY_WORKER_QUEUES", queues),
                new Literal("CELERY_WORKER_HOSTNAME", HOSTNAME));
        return new Launch(
                app.map(name -> List.of("celery", "-A", name, "worker")).orElse(List.of()), flags, variables);
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

    private List<String> lists(String queue) {
        return STEPS.stream().map(step -> keyPrefix + queue + step).toList();
    }

    private Read unacked() {
        return new Read.HashSize(keyPrefix + "unacked");
    }

    private Read messages() {
        return new Read.HashValues(keyPrefix + "unacked", UNACKED_LIMIT);
    }

    private Figure waiting(String queue, Replies replies) {
        return lists(queue).stream()
                .map(list -> replies.count(new Read.ListLength(list)))
                .reduce(Figure.of(0), Figure::plus);
    }

    /**
     * Of the four lists' tails the one of the lowest priority that has any: workers come to it last, so while they
     * keep up at all it is the one that waits longest. Messages carry no time stamp.
     */
    private Optional<Tail> tail(String queue, Replies replies) {
        return lists(queue).reversed().stream()
                .flatMap(list -> replies.text(new Read.ListElement(list, -1)).stream())
                .findFirst()
                .map(message -> new Tail(Digest.of(message), Optional.empty()));
    }

    private Attribution held(Replies replies) {
        return switch (replies.count(unacked())) {
            case Figure.Unknown unknown -> new Attribution.Failed(unknown.why());
            case Figure.Known known -> known.value() == 0 ? Attribution.none() : held(known.value(), replies);
        };
    }

    private Attribution held(long count, Replies replies) {
        if (count > UNACKED_LIMIT) {
            return new Attribution.Failed("%s holds %d messages, more than the %d that are read to tell their queues"
                    .formatted(unacked().key(), count, UNACKED_LIMIT));
        }
        return replies.texts(messages())
                .map(messages -> Attribution.of(
                        messages, "a message in " + unacked().key(), message -> Json.arrayText(message, 2)))
                .orElseGet(() -> new Attribution.Failed(replies.refusal(messages())));
    }
}
