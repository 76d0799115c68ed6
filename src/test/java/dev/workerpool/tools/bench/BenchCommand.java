package dev.workerpool.tools.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code workerpool bench}: what the operator costs, and how fast it is, with so many pools. */
@Command(
        name = "bench",
        description =
                "Measure the operator on a control plane of its own: reaction, cost at rest and at work, convergence",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--pools", paramLabel = "N", description = "1 to 10000; default: ${DEFAULT-VALUE}")
    int pools = 100;

    @Option(
            names = "--framework",
            paramLabel = "NAME",
            description = "Whose keys: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    Keys framework = Keys.Sidekiq;

    @Option(
            names = "--tries",
            paramLabel = "N",
            description =
                    "Tries of each reaction, each on a pool of its own; default: 100, or as many as there are pools")
    int tries = 100;

    @Option(
            names = "--poll-interval",
            paramLabel = "DURATION",
            description = "The Broker's pollInterval, such as 100ms; default: ${DEFAULT-VALUE}")
    String pollInterval = "1s";

    @Option(
            names = "--cost-for",
            paramLabel = "SECONDS",
            description = "How long to watch it at rest, and then at work; default: ${DEFAULT-VALUE}")
    int seconds = 120;

    @Option(
            names = "--busy-rate",
            paramLabel = "N",
            description = "At work, so many pools a second get jobs; default: each pool once a minute")
    double busyRate;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "The operator's -Xmx; default: ${DEFAULT-VALUE}, what its image has in the chart's container")
    String heap = "134m";

    @Option(
            names = "--ballast",
            description = "Then once more beside a million overdue jobs, 100,000 messages unacked and a job of 100 MiB")
    boolean ballast;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too")
    @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        if (pools < 1 || pools > 10_000) {
            throw new ParameterException(spec.commandLine(), "--pools must be between 1 and 10000");
        }
        if (ballast && pools < 3) {
            throw new ParameterException(spec.commandLine(), "--ballast needs 3 --pools or more");
        }
        if (tries < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--tries and --cost-for must be 1 or more");
        }
        PrintStream out = System.out;
        Figures figures = Bench.run(plan(), out);
        out.println(Table.of(figures));
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), figures);
            out.println("written to " + Files.size(json) + " bytes of " + json);
        }
        return 0;
    }

    private Plan plan() {
        return new Plan(
                pools,
                framework,
                Math.min(tries, ballast ? (pools - 1) / 2 : pools),
                pollInterval,
                Duration.ofSeconds(seconds),
                busyRate > 0 ? busyRate : Math.max(1, pools / 60.0),
                heap,
                ballast);
    }
}
