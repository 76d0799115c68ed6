package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.WorkerReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resque 1.26 and later, as its source lays it out. Delayed jobs are resque-scheduler's: a process of its own moves them
 * into their queues, with or without workers, so they are none of a pool's until they are there.
 *
 * @param keyPrefix the namespace of its keys
 * @param urlVariable the variable from which the application takes its broker's URL
 */
public record Resque(String keyPrefix, String urlVariable) implements Framework {
    public Resque(String keyPrefix) {
        this(keyPrefix, "REDIS_URL");
    }

    @Override
    public List<Read> reads(List<String> queues, Moment moment) {
        return Stream.concat(
                        queues.stream().flatMap(queue -> Stream.of(length(queue), oldest(queue))),
                        Stream.concat(Stream.of(failed()), workers().reads().stream()))
                .toList();
    }

    @Override
    public List<Read> followUps(List<String> queues, Replies first) {
        return workers().followUps(first);
    }

    @Override
    public Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at) {
        List<QueueReading> readings = queues.stream()
                .map(queue -> new QueueReading(
                        queue,
                        replies.count(length(queue)),
                        // A worker takes a job only to run it at once.
                        Figure.of(0),
                        Figure.of(0),
                        Figure.of(0),
                        // A job has neither a name nor a time.
                        replies.text(oldest(queue)).map(job -> new Tail(Digest.of(job), Optional.empty()))))
                .toList();
        Beside beside = new Beside(new Figure.Unknown("resque-scheduler keeps them"), replies.count(failed()));
        return new Measured(at, readings, workers().interpret(replies), false, beside);
    }

    @Override
    public Launch launch(Work work) {
        List<Variable> variables = new ArrayList<>();
        variables.add(new FromConnection(urlVariable, ConnectionKeys.URI));
        variables.add(new Literal("QUEUES", String.join(",", work.queues())));
        // Else TERM, which is what Kubernetes sends, kills the running job at once.
        variables.add(new Literal("GRACEFUL_TERM", "1"));
        variables.addAll(work.roots("SSL_CERT_FILE"));
        return new Launch(List.of("bundle", "exec", "rake", "resque:work"), List.of(), variables);
    }

    @Override
    public List<String> wrapper() {
        return List.of("ruby", ConnectionKeys.CODE_DIR + "/run.rb");
    }

    @Override
    public String whereQueuesAreNamed() {
        return "QUEUES of the worker";
    }

    @Override
    public boolean starts(List<String> command) {
        return CommandLine.of(command)
                .after("rake")
                .filter(tasks -> tasks.contains("resque:work"))
                .isPresent();
    }

    private ResqueWorkers workers() {
        return new ResqueWorkers(keyPrefix);
    }

    /** Of all queues. */
    private Read failed() {
        return new Read.ListLength(keyPrefix + ":failed");
    }

    private Read length(String queue) {
        return new Read.ListLength(list(queue));
    }

    /** RPUSH in, LPOP out: the head is the oldest. */
    private Read oldest(String queue) {
        return new Read.ListElement(list(queue), 0);
    }

    private String list(String queue) {
        return keyPrefix + ":queue:" + queue;
    }
}
