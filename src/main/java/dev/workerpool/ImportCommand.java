package dev.workerpool;

import dev.workerpool.operator.DeploymentImport;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code workerpool import deployment/NAME}: prints the WorkerPool and the Broker for workers that already run. */
@Command(
        name = "import",
        description = "Print the Broker and the WorkerPool for a Deployment of workers; changes nothing",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final String PREFIX = "deployment/";

    @Parameters(paramLabel = "deployment/NAME", description = "The Deployment to look at")
    String workload = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Default: that of the kubeconfig")
    @Nullable String namespace;

    @Mixin
    Cluster cluster = new Cluster();

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.configure("quiet");
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (!workload.startsWith(PREFIX) || workload.length() == PREFIX.length()) {
            throw new CommandLine.ParameterException(line, "name it as " + PREFIX + "NAME");
        }
        String name = workload.substring(PREFIX.length());
        try {
            Optional<String> yaml = DeploymentImport.of(cluster.kubeconfig(), Optional.ofNullable(namespace), name);
            if (yaml.isEmpty()) {
                line.getErr().println("there is no Deployment " + name);
                return 1;
            }
            line.getOut().print(yaml.get());
            line.getOut().flush();
            return 0;
        } catch (IllegalStateException e) {
            line.getErr().println(e.getMessage());
            return 1;
        }
    }
}
