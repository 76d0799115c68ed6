package dev.workerpool.tools.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.workerpool.desired.GoDuration;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./workerpool demo}: see the operator at work without a cluster, until Ctrl-C. */
@Command(
        name = "demo",
        description = "Show the operator at work, on this machine, with a Kubernetes API and a Redis of its own",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            description = "How long the show lasts, such as 90s or 2m; it takes a minute until anything is lowered. "
                    + "Default: until Ctrl-C")
    @Nullable Duration length;

    @Option(
            names = "--api",
            paramLabel = "WHICH",
            description =
                    "real: kube-apiserver and what belongs to it, built by Go where they are not there yet; mock: "
                            + "a stand-in in this process, at once; auto: real where it can be. Default: ${DEFAULT-VALUE}")
    ApiChoice api = ApiChoice.auto;

    @Option(
            names = "--redis",
            paramLabel = "WHICH",
            description = "server: redis-server on the PATH; embedded: one out of a jar; mock: a stand-in in Java, "
                    + "without TLS; auto: the first of these that runs. Default: ${DEFAULT-VALUE}")
    RedisChoice redis = RedisChoice.auto;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Show it in this cluster instead, in a namespace that is deleted at the end; "
                    + "operator, Redis and workers stay here, pods only pause")
    @Nullable Path kubeconfig;

    @Override
    public Integer call() {
        silenceLogs();
        Stop stop = Stop.onSignal();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Instant began =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        var wishes = new Demo.Wishes(Optional.ofNullable(length), api, redis, Optional.ofNullable(kubeconfig));
        try {
            return new Demo(wishes, out, isTerminal(), began).run(stop) ? 0 : 1;
        } catch (RuntimeException | InterruptedException e) {
            if (!stop.isTold()) {
                System.err.println("workerpool demo: " + e.getMessage());
            }
            return 1;
        } finally {
            out.flush();
            stop.done();
        }
    }

    /** Libraries tell of every connection that a stopped server breaks; what people are to know is on the screen. */
    private static void silenceLogs() {
        LogManager.getLogManager().reset();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(System.getenv("TERM"));
    }

    /** As Kubernetes writes them. */
    static final class ShortDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return GoDuration.parse(text)
                    .filter(Duration::isPositive)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is no duration, such as 90s or 2m"));
        }
    }

    /** The demo alone. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DemoCommand()).execute(arguments));
    }
}
