package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * BullMQ, and Bull 4 before it, whose keys are nearly the same. A job is moved by scripts, so that it always stands in
 * exactly one place; which workers there are is written nowhere.
 *
 * @param keyPrefix the option {@code prefix} of the queues
 * @param urlVariable the variable from which the application takes its broker's URL: there is no convention
 */
public record BullMq(String keyPrefix, String urlVariable) implements Framework {
    /** Scores of {@code delayed}: milliseconds in the higher bits, a counter in these. */
    private static final double COUNTER = 0x1000;

    @Override
    public List<Read> reads(List<String> queues, Moment moment) {
        // In the order of a job's way: one that goes on in between is counted twice, not never.
        return queues.stream()
                .flatMap(queue -> Stream.of(
                        due(queue, moment.dueBy()),
                        length(queue),
                        waitingLongest(queue),
                        prioritized(queue),
                        nextPrioritized(queue),
                        pausedList(queue),
                        pausedMark(queue),
                        active(queue),
                        delayed(queue),
                        failed(queue)))
                .toList();
    }

    @Override
    public List<Read> followUps(List<String> queues, Replies first) {
        return queues.stream()
                .flatMap(queue -> oldest(queue, first).map(id -> created(queue, id)))
                .toList();
    }

    @Override
    public Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at) {
        return new Measured(
                at,
                queues.stream().map(queue -> queue(queue, replies)).toList(),
                new Workers.Counted(sum(queues, this::active, replies)),
                false,
                new Beside(sum(queues, this::delayed, replies), sum(queues, this::failed, replies)));
    }

    @Override
    public Launch launch(Work work) {
        List<Variable> variables = new ArrayList<>();
        variables.add(new FromConnection(urlVariable, ConnectionKeys.URI));
        // Beside Node's own roots. SSL_CERT_FILE alone is ignored.
        variables.addAll(work.roots("NODE_EXTRA_CA_CERTS"));
        variables.addAll(work.variables());
        return new Launch(List.of(), List.of(), variables);
    }

    @Override
    public List<String> wrapper() {
        return List.of("node", ConnectionKeys.CODE_DIR + "/run.cjs");
    }

    @Override
    public String whereQueuesAreNamed() {
        return "the name and the prefix given to new Worker(...)";
    }

    /** Its worker is a class that an application calls, so no flag may follow any command. */
    @Override
    public boolean starts(List<String> command) {
        return false;
    }

    private QueueReading queue(String queue, Replies replies) {
        QueueReading reading = new QueueReading(
                queue,
                replies.count(length(queue)).plus(replies.count(prioritized(queue))),
                // A worker takes a job only to run it at once.
                Figure.of(0),
                replies.count(due(queue, replies.dueBy())),
                replies.count(pausedList(queue)),
                tail(queue, replies));
        return isPaused(queue, replies) ? reading.whilePaused() : reading;
    }

    /** Bull and BullMQ up to 5 move a paused queue's jobs into a list of its own; from 6 on they stay. */
    private boolean isPaused(String queue, Replies replies) {
        return replies.texts(pausedMark(queue)).stream()
                .anyMatch(fields -> fields.getFirst().isPresent());
    }

    private Optional<Tail> tail(String queue, Replies replies) {
        return oldest(queue, replies)
                .map(id -> new Tail(id, createdAt(queue, id, replies)))
                .min(Comparator.comparing(tail -> tail.enqueued().orElse(Instant.MAX)));
    }

    /** The one that waits longest in the list, and of the prioritised ones that which is taken next. */
    private Stream<String> oldest(String queue, Replies replies) {
        return Stream.concat(
                replies.text(waitingLongest(queue)).stream(),
                replies.texts(nextPrioritized(queue)).stream()
                        .flatMap(List::stream)
                        .flatMap(Optional::stream));
    }

    private Optional<Instant> createdAt(String queue, String id, Replies replies) {
        return replies.texts(created(queue, id))
                .flatMap(fields -> fields.getFirst())
                .filter(text -> text.matches("[0-9]{1,15}"))
                .flatMap(text -> Json.time(Double.parseDouble(text)));
    }

    private Read due(String queue, Instant by) {
        return Read.SortedSetCount.upTo(key(queue, "delayed"), (by.toEpochMilli() + 1) * COUNTER - 1, by);
    }

    /** Bull's prioritised jobs stand here, too. */
    private Read length(String queue) {
        return new Read.ListLength(key(queue, "wait"));
    }

    /** LPUSH in, taken from the right: the tail is the oldest. */
    private Read waitingLongest(String queue) {
        return new Read.ListElement(key(queue, "wait"), -1);
    }

    private Read prioritized(String queue) {
        return new Read.SortedSetSize(key(queue, "prioritized"));
    }

    private Read nextPrioritized(String queue) {
        return new Read.SortedSetUpTo(key(queue, "prioritized"), Double.POSITIVE_INFINITY, 1, Instant.EPOCH);
    }

    private Read pausedList(String queue) {
        return new Read.ListLength(key(queue, "paused"));
    }

    private Read pausedMark(String queue) {
        return new Read.HashFields(key(queue, "meta"), List.of("paused"));
    }

    /** What a killed worker ran stands here until another one finds it stalled. */
    private Read active(String queue) {
        return new Read.ListLength(key(queue, "active"));
    }

    private Read delayed(String queue) {
        return new Read.SortedSetSize(key(queue, "delayed"));
    }

    private Read failed(String queue) {
        return new Read.SortedSetSize(key(queue, "failed"));
    }

    private static Figure sum(List<String> queues, Function<String, Read> read, Replies replies) {
        return queues.stream().map(read).map(replies::count).reduce(Figure.of(0), Figure::plus);
    }

    private Read created(String queue, String id) {
        return new Read.HashFields(key(queue, id), List.of("timestamp"));
    }

    private String key(String queue, String part) {
        return keyPrefix + ":" + queue + ":" + part;
    }
}
