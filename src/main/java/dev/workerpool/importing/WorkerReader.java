package dev.workerpool.importing;

import dev.workerpool.api.FrameworkName;
import dev.workerpool.framework.RqCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a Deployment's worker says of itself by its command line and environment. */
final class WorkerReader {
    private static final int SOME = 10;

    private final CommandWords words;
    private final Variables variables;
    private final Optional<FrameworkName> framework;

    private WorkerReader(Container container) {
        this.words = CommandWords.of(container);
        this.variables = new Variables(container);
        this.framework = framework(words);
    }

    /** Of the container that runs a known framework, else of the one named worker, else of the first. */
    static WorkerReader of(Deployment deployment) {
        List<Container> containers =
                deployment.getSpec().getTemplate().getSpec().getContainers();
        return new WorkerReader(Stream.<Predicate<Container>>of(
                        container -> framework(CommandWords.of(container)).isPresent(),
                        container -> "worker".equals(container.getName()),
                        container -> true)
                .flatMap(test -> containers.stream().filter(test).limit(1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the Deployment has no container")));
    }

    private static Optional<FrameworkName> framework(CommandWords words) {
        if (words.runs("celery")) {
            return Optional.of(FrameworkName.Celery);
        }
        if (words.runs("sidekiq")) {
            return Optional.of(FrameworkName.Sidekiq);
        }
        if (words.words().contains("resque:work")) {
            return Optional.of(FrameworkName.Resque);
        }
        return words.rq().map(command -> FrameworkName.RQ);
    }

    Guess<FrameworkName> framework() {
        return framework
                .map(Guess::sure)
                .orElseGet(() -> Guess.doubtful(
                        FrameworkName.Custom,
                        "framework: none of celery, sidekiq, rq and resque:work is in the worker's command. If its image starts one of them, or BullMQ,"
                                + " say so; else custom.waiting must name the keys its jobs wait in"));
    }

    Guess<List<String>> queues() {
        return switch (framework.orElse(FrameworkName.Custom)) {
            case Celery ->
                queues(
                        words.lastValue("-Q", "--queues").or(() -> variables.literal("CELERY_WORKER_QUEUES")).stream()
                                .flatMap(all -> Arrays.stream(all.split(",")))
                                .toList(),
                        "celery");
            case Sidekiq ->
                queues(
                        words.values("-q", "--queue").stream()
                                .map(queue -> queue.replaceFirst(",[0-9]+$", ""))
                                .toList(),
                        "default");
            case RQ -> queues(words.rq().map(RqCommand::queues).orElse(List.of()), "default");
            case Resque ->
                queues(
                        variables.literal("QUEUES").or(() -> variables.literal("QUEUE")).stream()
                                .flatMap(all -> Arrays.stream(all.split(",")))
                                .toList(),
                        "default");
            case BullMQ, Custom -> queues(List.of(), "default");
        };
    }

    private Guess<List<String>> queues(List<String> given, String otherwise) {
        if (!given.isEmpty()) {
            return Guess.sure(given.stream().distinct().toList());
        }
        return Guess.doubtful(
                List.of(otherwise),
                "queues: the command names none; %s is what the framework takes then, unless a file of the image says otherwise"
                        .formatted(otherwise));
    }

    Guess<Integer> concurrency() {
        Optional<String> given = words.rq()
                .map(command -> command.isPool()
                        ? words.lastValue("-n", "--num-workers").orElse("1")
                        : "1")
                .or(() -> framework.filter(FrameworkName.Resque::equals).map(one -> "1"))
                .or(() -> words.lastValue("-c", "--concurrency"));
        return given.or(() -> variables.literal("CELERY_WORKER_CONCURRENCY"))
                .or(() -> variables.literal("RAILS_MAX_THREADS"))
                .filter(value -> value.matches("[1-9][0-9]{0,3}"))
                .map(value -> Guess.sure(Integer.valueOf(value)))
                .orElseGet(() -> Guess.doubtful(
                        SOME,
                        "concurrency: the command does not say how many jobs one pod runs at a time"
                                + (framework.equals(Optional.of(FrameworkName.Celery))
                                        ? "; without a word Celery counts the cores of the node"
                                        : "")));
    }

    Variables variables() {
        return variables;
    }
}
