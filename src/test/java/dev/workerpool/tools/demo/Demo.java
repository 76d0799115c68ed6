package dev.workerpool.tools.demo;

import dev.workerpool.testing.kube.Checkout;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Puts everything up, runs the show, and takes everything down again. */
final class Demo {
    private static final Path PROJECT = Checkout.path("");

    private final Wishes wishes;
    private final PrintStream out;
    private final boolean terminal;
    private final Instant began;
    private final Steps steps;
    private final Tally tally = new Tally();

    Demo(Wishes wishes, PrintStream out, boolean terminal, Instant began) {
        this.wishes = wishes;
        this.out = out;
        this.terminal = terminal;
        this.began = began;
        this.steps = new Steps(out, terminal, began);
    }

    /** What the person asked for. */
    record Wishes(Optional<Duration> length, ApiChoice api, RedisChoice redis, Optional<Path> kubeconfig) {}

    /** Whether no job was lost. */
    boolean run(Stop stop) throws InterruptedException {
        Duration firstLine = Duration.between(began, Instant.now());
        String cluster = wishes.kubeconfig().isPresent() ? "in a cluster of yours" : "with a cluster of its own";
        steps.line(
                Style.BOLD,
                "WorkerPool demo: the operator, a Redis and workers on this machine, " + cluster + "; Ctrl-C ends it");
        Summary summary;
        try (WorkFolder folder = WorkFolder.create();
                Meanwhile<Api> starting = Meanwhile.of(() -> api(folder));
                RedisHere redis = redis(folder);
                Api api = starting.get();
                Premises premises = Premises.take(api, PROJECT.resolve("crds"))) {
            summary = shown(new Grounds(folder, redis, api, premises), stop);
            steps.line(Style.BOLD, "");
            summary.lines(began, firstLine).forEach(line -> steps.line(Style.BOLD, "  " + line));
        }
        steps.line(Style.DIM, "  everything that was started has ended");
        return summary.isGood();
    }

    private RedisHere redis(WorkFolder folder) {
        RedisHere redis = new Redises(folder.path(), note -> steps.tell("Redis", note)).start(wishes.redis());
        String secured = redis.security().isPresent() ? ", with TLS and a password" : "";
        steps.tell("Redis", redis.told() + secured + ", on port " + redis.port());
        return redis;
    }

    private Api api(WorkFolder folder) {
        Api api;
        if (wishes.kubeconfig().isPresent()) {
            api = GivenApi.of(wishes.kubeconfig().get());
        } else {
            steps.tell("Kubernetes", "is being started ...");
            api = new Apis(folder.path(), note -> steps.tell("Kubernetes", note)).start(wishes.api());
        }
        steps.tell("Kubernetes", api.told());
        return api;
    }

    /** Where it takes place. */
    private record Grounds(WorkFolder folder, RedisHere redis, Api api, Premises premises) {}

    private Summary shown(Grounds on, Stop stop) throws InterruptedException {
        try (OperatorChild operator = OperatorChild.start(
                        on.api().kubeconfig(), Premises.NAMESPACE, on.folder().path());
                OperatorPage page = OperatorPage.at(operator.page());
                Producers producers = new Producers(on.redis().client().connect(), tally)) {
            steps.tell("Operator", "the packaged one, a process of its own; its page: " + operator.page());
            applyExamples(on.premises(), on.redis());
            steps.tell("Trust", new Trust(operator, page).awaited(on.redis().security()));
            steps.line(Style.PLAIN, "");
            stop.started();
            Show show = new Show(new Show.Stage(operator, page, producers::send, tally, screen()));
            play(show, on, stop);
            return new Summary(tally.figures(), producers.left(), show.chronicle());
        }
    }

    /** Returns when the last worker has left. */
    @SuppressWarnings("try") // the crew works by itself until it is closed
    private void play(Show show, Grounds on, Stop stop) throws InterruptedException {
        try (Crew crew = new Crew(on.premises().client(), Premises.NAMESPACE, pod -> worker(pod, on.redis()));
                show) {
            show.run(wishes.length(), stop);
        }
    }

    private Worker worker(Pod pod, RedisHere redis) {
        String nonce = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        App app =
                App.ofPool(Objects.requireNonNull(pod.getMetadata().getLabels().get(Crew.POOL)));
        return new Worker(app.wire(), app.worker(pod.getMetadata().getName(), nonce), redis.client()::connect, tally);
    }

    private void applyExamples(Premises premises, RedisHere redis) {
        premises.apply(Example.ofCelery(example("celery.yaml"), redis.port(), redis.security()));
        premises.apply(Example.ofSidekiq(example("sidekiq.yaml"), redis.port(), redis.security()));
        steps.tell(
                "Examples",
                "examples/celery.yaml and sidekiq.yaml, with this Redis, the pause image, and idle after 10s");
    }

    private static String example(String name) {
        try {
            return Files.readString(PROJECT.resolve("examples").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Screen screen() {
        Table table = new Table(ZoneId.systemDefault());
        return terminal ? new LiveScreen(out, table, new TerminalWidth()) : new LineScreen(out, table);
    }
}
