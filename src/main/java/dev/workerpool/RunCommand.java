package dev.workerpool;

import dev.workerpool.desired.OwnPods;
import dev.workerpool.operator.OperatorConfig;
import dev.workerpool.operator.OperatorConfig.Lease;
import dev.workerpool.operator.OperatorRun;
import dev.workerpool.operator.OperatorRun.Listen;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code workerpool run}: the operator, inside a cluster or outside of one. */
@Command(name = "run", description = "Run the operator", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final String OWN_NAMESPACE =
            Optional.ofNullable(System.getenv("POD_NAMESPACE")).orElse("default");

    @Mixin
    Cluster cluster = new Cluster();

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            split = ",",
            description = "Look after this namespace only; may be repeated. Default: all")
    List<String> namespaces = List.of();

    @Option(
            names = "--no-leader-election",
            description = "Run alone, without a Lease: only where no second operator can run")
    boolean alone;

    @Option(
            names = "--lease-namespace",
            paramLabel = "NAME",
            description = "Where the Lease is; default: $POD_NAMESPACE, else default")
    String leaseNamespace = OWN_NAMESPACE;

    @Option(names = "--lease-name", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}")
    String leaseName = "workerpool-operator";

    @Option(
            names = "--lease-duration",
            paramLabel = "DURATION",
            description = "How long a lease lasts that is not renewed, such as PT15S; default: ${DEFAULT-VALUE}")
    Duration leaseDuration = Duration.ofSeconds(15);

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where /healthz, /readyz and /metrics are served; default: ${DEFAULT-VALUE}")
    String listen = "0.0.0.0:8080";

    @Option(
            names = "--page",
            paramLabel = "HOST:PORT",
            description =
                    "Serve the page for people there, such as 127.0.0.1:8081. It asks nobody who they are: loopback, "
                            + "or behind something that does. Default: not at all")
    @Nullable String page;

    @Option(
            names = "--push-interval",
            paramLabel = "DURATION",
            description =
                    "Where a broker announces changes: how often, at most, a queue is read for them, such as PT0.1S; "
                            + "default: ${DEFAULT-VALUE}")
    Duration pushInterval = Duration.ofMillis(100);

    @Mixin
    AddressOptions addresses = new AddressOptions();

    @Option(
            names = "--pod-labels",
            paramLabel = "NAME=VALUE",
            split = ",",
            description =
                    "By which labels NetworkPolicies of brokers in the cluster admit the operator's own pods, in $POD_NAMESPACE; may be repeated. "
                            + "Default: they do not, and where a Broker names nobody else it gets no such policy")
    Map<String, String> podLabels = Map.of();

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "json or text; default: ${DEFAULT-VALUE}")
    LogFormat logFormat = LogFormat.json;

    enum LogFormat {
        json,
        text
    }

    @Override
    public Integer call() throws Exception {
        Logging.configure(logFormat.name());
        return OperatorRun.untilStopped(
                new OperatorConfig(
                        Set.copyOf(namespaces),
                        alone ? Optional.empty() : Optional.of(lease()),
                        pushInterval(),
                        addresses.rules(),
                        podLabels.isEmpty() ? Optional.empty() : Optional.of(new OwnPods(OWN_NAMESPACE, podLabels))),
                cluster.kubeconfig(),
                new Listen(
                        address("--listen", listen), Optional.ofNullable(page).map(where -> address("--page", where))));
    }

    private Duration pushInterval() {
        if (pushInterval.compareTo(Duration.ofMillis(10)) < 0 || pushInterval.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("--push-interval wants 10 ms to 30 s, such as PT0.1S");
        }
        return pushInterval;
    }

    private Lease lease() {
        return new Lease(
                leaseNamespace,
                leaseName,
                Optional.ofNullable(System.getenv("POD_NAME")).orElse("workerpool-operator") + "-" + UUID.randomUUID(),
                leaseDuration,
                leaseDuration.multipliedBy(2).dividedBy(3),
                leaseDuration.dividedBy(7));
    }

    private static InetSocketAddress address(String option, String where) {
        int colon = where.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(option + " wants HOST:PORT, such as 127.0.0.1:8080");
        }
        return new InetSocketAddress(where.substring(0, colon), Integer.parseInt(where.substring(colon + 1)));
    }
}
