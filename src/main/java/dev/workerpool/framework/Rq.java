package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Beside.Periodic;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * RQ 1.14 and later. What runs stands in Redis itself, written in one transaction with its being taken and done, so
 * nothing need be asked of the workers: they say of themselves that they live only every 405 s while idle.
 *
 * @param urlVariable a variable with the URL beside RQ's own, where the app reads another
 */
public record Rq(Optional<String> urlVariable) implements Framework {
    /** While it is there, no worker takes anything: {@code rq suspend}. */
    private static final Read SUSPENDED = new Read.Exists("rq:suspended");

    /** rq-scheduler, and RQ's own cron from 2.5 on: each a process of its own. A repeated job of RQ's is a scheduled one. */
    private static final List<PeriodicJobs> PERIODIC = List.of(
            new PeriodicJobs(
                    new Read.SortedSetSize("rq:scheduler:scheduled_jobs"), new Periodic("rq-scheduler", false)),
            new PeriodicJobs(new Read.SortedSetSize("rq:cron_schedulers"), new Periodic("rq cron", false)));

    public Rq() {
        this(Optional.empty());
    }

    @Override
    public List<Read> reads(List<String> queues, Moment moment) {
        // In the order of a job's way: one that goes on in between is counted twice, not never.
        return Stream.concat(
                        Stream.concat(Stream.of(SUSPENDED), PeriodicJobs.reads(PERIODIC).stream()),
                        queues.stream()
                                .flatMap(queue -> Stream.of(
                                        scheduled(queue, moment.dueBy()),
                                        length(queue),
                                        oldest(queue),
                                        taken(queue),
                                        running(queue, moment.now()),
                                        abandoned(queue, moment.now()),
                                        allScheduled(queue),
                                        failed(queue))))
                .toList();
    }

    @Override
    public List<Read> followUps(List<String> queues, Replies first) {
        return queues.stream()
                .flatMap(queue -> first.text(oldest(queue)).stream())
                .map(Rq::enqueued)
                .toList();
    }

    @Override
    public Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at) {
        boolean suspended = replies.count(SUSPENDED).atLeast() > 0;
        List<QueueReading> readings = queues.stream()
                .map(queue -> queue(queue, replies))
                .map(reading -> suspended ? reading.whilePaused() : reading)
                .toList();
        Figure running = queues.stream()
                .flatMap(queue -> Stream.of(taken(queue), running(queue, replies.asked())))
                .map(replies::count)
                .reduce(Figure.of(0), Figure::plus);
        Beside beside = new Beside(
                sum(queues, Rq::allScheduled, replies),
                sum(queues, Rq::failed, replies),
                PeriodicJobs.found(PERIODIC, replies));
        return new Measured(at, readings, new Workers.Counted(running), false, beside);
    }

    /** One worker runs one job at a time, and a pool of them as many as it has workers. */
    @Override
    public Launch launch(Work work) {
        // RQ is built on redis-py, as Celery is, and hands the URL on to it.
        return new Launch(
                List.of("rq", work.concurrency() == 1 ? RqCommand.WORKER : RqCommand.POOL),
                List.of(),
                Stream.concat(Stream.of("RQ_REDIS_URL"), urlVariable.stream())
                        .distinct()
                        .<Variable>map(name -> new FromConnection(name, ConnectionKeys.CELERY_URL))
                        .toList());
    }

    @Override
    public List<String> arguments(Work work, List<String> command) {
        return RqCommand.of(command).map(known -> known.missing(work)).orElse(List.of());
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
        return "the names after rq worker";
    }

    @Override
    public boolean starts(List<String> command) {
        return RqCommand.of(command).isPresent();
    }

    /** What a killed worker ran is given back, or noted as failed, by another one that runs: nobody else does it. */
    private static QueueReading queue(String queue, Replies replies) {
        return new QueueReading(
                queue,
                replies.count(length(queue)),
                // A worker takes a job only to run it at once.
                Figure.of(0),
                replies.count(scheduled(queue, replies.dueBy())).plus(replies.count(abandoned(queue, replies.asked()))),
                Figure.of(0),
                replies.text(oldest(queue)).map(id -> new Tail(id, enqueuedAt(id, replies))));
    }

    private static Read length(String queue) {
        return new Read.ListLength(list(queue));
    }

    /** RPUSH in, LPOP out: the head is the oldest. */
    private static Read oldest(String queue) {
        return new Read.ListElement(list(queue), 0);
    }

    /** Between the queue and {@code wip} for as long as the worker needs to read the job, for some moments in both, where it serves one queue. */
    private static Read taken(String queue) {
        return new Read.ListLength(list(queue) + ":intermediate");
    }

    private static Read allScheduled(String queue) {
        return new Read.SortedSetSize("rq:scheduled:" + queue);
    }

    private static Read failed(String queue) {
        return new Read.SortedSetSize("rq:failed:" + queue);
    }

    private static Figure sum(List<String> queues, Function<String, Read> read, Replies replies) {
        return queues.stream().map(read).map(replies::count).reduce(Figure.of(0), Figure::plus);
    }

    private static Read scheduled(String queue, Instant by) {
        return Read.SortedSetCount.upTo("rq:scheduled:" + queue, seconds(by), by);
    }

    /** Scores are the seconds at which a job is given up unless its worker has renewed them: at most 90 s ahead. */
    private static Read running(String queue, Instant now) {
        return Read.SortedSetCount.above("rq:wip:" + queue, seconds(now), now);
    }

    private static Read abandoned(String queue, Instant now) {
        return Read.SortedSetCount.upTo("rq:wip:" + queue, seconds(now), now);
    }

    private static Read enqueued(String id) {
        return new Read.HashFields("rq:job:" + id, List.of("enqueued_at"));
    }

    private static Optional<Instant> enqueuedAt(String id, Replies replies) {
        return replies.texts(enqueued(id)).flatMap(fields -> fields.getFirst()).flatMap(Rq::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String list(String queue) {
        return "rq:queue:" + queue;
    }

    private static double seconds(Instant now) {
        return now.toEpochMilli() / 1000.0;
    }
}
