package dev.workerpool.framework;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerpool.framework.Launch.Flag;
import dev.workerpool.framework.Launch.Variable;
import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.framework.Launch.Variable.FromConnectionOrImage;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.framework.Launch.Variable.OfBroker;
import dev.workerpool.framework.Launch.Variable.PodNameForHostName;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Beside.Periodic;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sidekiq 6, 7 and 8. All take the URL of their broker from the variable that REDIS_PROVIDER names, unless the app's own configuration
 * names another; so REDIS_URL can be the app's cache.
 *
 * @param urlVariable which variable REDIS_PROVIDER is to name; one of the operator's own where it is empty
 */
public record Sidekiq(Optional<String> urlVariable) implements Framework {
    /** Of producers, too. */
    private static final String BROKERS_URL = "WORKERPOOL_BROKER_URL";

    public Sidekiq() {
        this(Optional.empty());
    }

    /** Jobs of {@code schedule} and of {@code retry} that are read to tell whose they are. */
    static final int DUE_LIMIT = 1000;

    /** The names of queues that Sidekiq Pro has been told to pause. */
    private static final Read PAUSED = new Read.SetMembers("paused", 1000);

    private static final Read DEAD = new Read.SortedSetSize("dead");

    /** sidekiq-cron 1 and 2 (with its default namespace), and sidekiq-scheduler: each a thread in Sidekiq's own process. */
    private static final List<PeriodicJobs> PERIODIC = List.of(
            new PeriodicJobs(new Read.SetSize("cron_jobs"), new Periodic("sidekiq-cron", true)),
            new PeriodicJobs(new Read.SetSize("cron_jobs:default"), new Periodic("sidekiq-cron", true)),
            new PeriodicJobs(
                    new Read.HashSize("sidekiq-scheduler:next_times"), new Periodic("sidekiq-scheduler", true)));

    private static final List<String> LATER = List.of("schedule", "retry");

    @Override
    public List<Read> reads(List<String> queues, Moment moment) {
        List<Read> reads = new ArrayList<>();
        for (String queue : queues) {
            reads.add(new Read.ListLength(list(queue)));
            reads.add(new Read.ListElement(list(queue), -1));
        }
        LATER.forEach(set -> reads.add(upTo(set, moment.dueBy())));
        LATER.forEach(set -> reads.add(new Read.SortedSetSize(set)));
        reads.add(DEAD);
        reads.add(PAUSED);
        reads.addAll(PeriodicJobs.reads(PERIODIC));
        reads.add(SidekiqProcesses.MEMBERS);
        return reads;
    }

    @Override
    public List<Read> followUps(List<String> queues, Replies first) {
        return first.once("Sidekiq: hashes of processes", () -> SidekiqProcesses.followUps(first));
    }

    @Override
    public Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at) {
        List<Attribution> due = replies.once(
                new Due(replies.dueBy()),
                () -> LATER.stream().map(set -> due(set, replies)).toList());
        Workers processes = replies.once("Sidekiq: processes", () -> SidekiqProcesses.interpret(replies));
        List<Optional<String>> paused = replies.texts(PAUSED).orElse(List.of());
        List<QueueReading> readings = queues.stream()
                .map(queue -> new QueueReading(
                        queue,
                        replies.count(new Read.ListLength(list(queue))),
                        // A Sidekiq process takes a job only to run it at once.
                        Figure.of(0),
                        due.stream().map(jobs -> jobs.of(queue)).reduce(Figure.of(0), Figure::plus),
                        Figure.of(0),
                        replies.text(new Read.ListElement(list(queue), -1)).map(Sidekiq::tail)))
                .map(queue -> paused.contains(Optional.of(queue.name())) ? queue.whilePaused() : queue)
                .toList();
        // Of all queues of the database: reading them all to tell whose they are would have no bound.
        Figure scheduled =
                LATER.stream().map(Read.SortedSetSize::new).map(replies::count).reduce(Figure.of(0), Figure::plus);
        return new Measured(
                at,
                readings,
                processes,
                false,
                new Beside(scheduled, replies.count(DEAD), PeriodicJobs.found(PERIODIC, replies)));
    }

    @Override
    public Launch launch(Work work) {
        String concurrency = Integer.toString(work.concurrency());
        List<Flag> flags = new ArrayList<>();
        flags.add(new Flag(List.of("-c", "--concurrency"), List.of("-c", concurrency)));
        flags.add(new Flag(
                List.of("-t", "--timeout"),
                List.of("-t", Long.toString(work.ownTimeout().toSeconds()))));
        work.queues().forEach(queue -> flags.add(new Flag(List.of("-q", "--queue"), List.of("-q", queue))));
        List<Variable> variables = new ArrayList<>(broker(work));
        // Sidekiq takes it for its concurrency where no flag says so, and Rails for the size of its database pool.
        variables.add(new Literal("RAILS_MAX_THREADS", concurrency));
        // Sidekiq reports itself under it instead of the host name, which is how a report is known for its pod's.
        variables.add(new PodNameForHostName("DYNO"));
        variables.addAll(work.roots("SSL_CERT_FILE"));
        return new Launch(List.of("bundle", "exec", "sidekiq"), flags, variables);
    }

    private List<Variable> broker(Work work) {
        String variable = urlVariable.orElse(BROKERS_URL);
        List<Variable> variables = new ArrayList<>();
        variables.add(new FromConnection(variable, ConnectionKeys.URI));
        variables.add(new OfBroker("REDIS_PROVIDER", variable));
        if (urlVariable.isEmpty()) {
            variables.add(new FromConnectionOrImage("REDIS_URL", ConnectionKeys.URI));
            if (work.coded()) {
                variables.add(new Literal("WORKERPOOL_URL_DEFAULT_FOR", "REDIS_URL")); // read by run.rb
            }
        }
        return variables;
    }

    @Override
    public List<String> wrapper() {
        return List.of("ruby", ConnectionKeys.CODE_DIR + "/run.rb");
    }

    @Override
    public String whereQueuesAreNamed() {
        return "-q of the worker, or :queues: in its sidekiq.yml";
    }

    @Override
    public boolean starts(List<String> command) {
        return CommandLine.of(command).after("sidekiq").isPresent();
    }

    /** What pools have in common whose workers take about as long to start. */
    private record Due(Instant by) {}

    private static String list(String queue) {
        return "queue:" + queue;
    }

    /** Scores are seconds with a fraction. */
    private static Read upTo(String set, Instant by) {
        return new Read.SortedSetUpTo(set, by.toEpochMilli() / 1000.0, DUE_LIMIT, by);
    }

    private static Attribution due(String set, Replies replies) {
        Read read = upTo(set, replies.dueBy());
        Optional<List<Optional<String>>> jobs = replies.texts(read);
        if (jobs.isEmpty()) {
            return new Attribution.Failed(replies.refusal(read));
        }
        Attribution all = Attribution.of(
                jobs.get(), "a job in " + set, job -> Json.object(job).flatMap(fields -> Json.text(fields, "queue")));
        return all instanceof Attribution.Counted counted && jobs.get().size() >= DUE_LIMIT
                ? new Attribution.Partly(
                        counted,
                        "%s holds more than the %d due jobs that are read to tell their queues"
                                .formatted(set, DUE_LIMIT))
                : all;
    }

    private static Tail tail(String job) {
        Optional<JsonNode> fields = Json.object(job);
        return new Tail(
                fields.flatMap(f -> Json.text(f, "jid")).orElseGet(() -> Digest.of(job)),
                fields.flatMap(f -> Json.time(f, "enqueued_at")));
    }
}
