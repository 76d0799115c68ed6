package dev.workerpool.framework;

import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A framework without a record of its own: its keys are named, and their members counted.
 *
 * @param waiting keys whose members nobody has taken; one without {queue} counts with the pool's first queue
 * @param running keys whose members are worked on; where there are none, nobody can tell what runs
 * @param urlVariable a variable with the URL beside the operator's own, where the app reads another
 */
public record Custom(List<Key> waiting, List<Key> running, Optional<String> urlVariable) implements Framework {
    public Custom {
        waiting = List.copyOf(waiting);
        running = List.copyOf(running);
    }

    public Custom(List<Key> waiting, List<Key> running) {
        this(waiting, running, Optional.empty());
    }

    @Override
    public List<Read> reads(List<String> queues, Moment moment) {
        return queues.stream()
                .flatMap(queue -> Stream.of(waiting, running)
                        .flatMap(keys -> keys.stream().flatMap(key -> key.of(queue, queues).stream())))
                .toList();
    }

    @Override
    public Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at) {
        List<QueueReading> readings = queues.stream()
                .map(queue -> new QueueReading(
                        queue,
                        sum(waiting, queue, queues, replies),
                        Figure.of(0),
                        Figure.of(0),
                        Figure.of(0),
                        Optional.empty()))
                .toList();
        return new Measured(at, readings, workers(queues, replies), false);
    }

    @Override
    public Launch launch(Work work) {
        List<Variable> variables = new ArrayList<>();
        variables.add(new FromConnection("WORKERPOOL_BROKER_URL", ConnectionKeys.URI));
        variables.add(new FromConnection("WORKERPOOL_BROKER_HOST", "host"));
        variables.add(new FromConnection("WORKERPOOL_BROKER_PORT", "port"));
        urlVariable.ifPresent(name -> variables.add(new FromConnection(name, ConnectionKeys.URI)));
        variables.addAll(work.roots("WORKERPOOL_CA_FILE"));
        variables.addAll(work.variables());
        return new Launch(List.of(), List.of(), variables);
    }

    @Override
    public boolean presentsByItself() {
        return true;
    }

    @Override
    public String whereQueuesAreNamed() {
        return "custom.waiting, and the keys that the worker reads";
    }

    /** Nobody knows its worker, so no flag may follow any command. */
    @Override
    public boolean starts(List<String> command) {
        return false;
    }

    private Workers workers(List<String> queues, Replies replies) {
        return running.isEmpty()
                ? new Workers.Untold("the pool names no keys that hold its running jobs")
                : new Workers.Counted(queues.stream()
                        .map(queue -> sum(running, queue, queues, replies))
                        .reduce(Figure.of(0), Figure::plus));
    }

    private static Figure sum(List<Key> keys, String queue, List<String> queues, Replies replies) {
        return keys.stream()
                .flatMap(key -> key.of(queue, queues).stream())
                .map(replies::count)
                .reduce(Figure.of(0), Figure::plus);
    }

    /** One key, or one a queue where it contains {queue}. */
    public record Key(Type type, String key) {
        private static final String PLACEHOLDER = "{queue}";

        private Optional<Read> of(String queue, List<String> queues) {
            boolean its = key.contains(PLACEHOLDER) || queue.equals(queues.getFirst());
            return its ? Optional.of(type.count(key.replace(PLACEHOLDER, queue))) : Optional.empty();
        }
    }

    public enum Type {
        LIST,
        SET,
        SORTED_SET,
        HASH,
        STREAM;

        private Read count(String key) {
            return switch (this) {
                case LIST -> new Read.ListLength(key);
                case SET -> new Read.SetSize(key);
                case SORTED_SET -> new Read.SortedSetSize(key);
                case HASH -> new Read.HashSize(key);
                case STREAM -> new Read.StreamLength(key);
            };
        }
    }
}
