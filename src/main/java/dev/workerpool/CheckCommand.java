package dev.workerpool;

import dev.workerpool.operator.LeaderCheck;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code workerpool check}: whether an operator is at work, seen from outside; what {@code helm test} runs. */
@Command(
        name = "check",
        description = "Look whether an operator is at work: ends with 0 if so, else with 1",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin
    Cluster cluster = new Cluster();

    @Option(names = "--lease-namespace", paramLabel = "NAME", description = "Where the Lease is", required = true)
    String leaseNamespace = "";

    @Option(names = "--lease-name", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}")
    String leaseName = "workerpool-operator";

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long one may take to come up, such as PT60S; default: ${DEFAULT-VALUE}")
    Duration wait = Duration.ofSeconds(30);

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.configure("quiet");
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        return LeaderCheck.passes(cluster.kubeconfig(), leaseNamespace, leaseName, wait, out) ? 0 : 1;
    }
}
