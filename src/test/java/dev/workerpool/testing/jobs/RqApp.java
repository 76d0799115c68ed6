package dev.workerpool.testing.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real RQ with the app of {@code src/test/apps/rq}. */
public final class RqApp implements JobsApp {
    private static final String GET = "python3 -m venv ~/.cache/workerpool/rq-venv && "
            + "~/.cache/workerpool/rq-venv/bin/pip install 'rq==2.12.0'";

    private final AppFolder folder = AppFolder.named("rq");
    private final Path bin = Needed.cache().resolve("rq-venv").resolve("bin");
    private final String rq = Needed.at(bin.resolve("rq"), GET).toString();

    private final List<String> options;
    private final boolean verifiesNothing;

    public RqApp() {
        this(List.of(), false);
    }

    private RqApp(List<String> options, boolean verifiesNothing) {
        this.options = options;
        this.verifiesNothing = verifiesNothing;
    }

    /** It starts its workers by its own code, which switches all verification of its broker off. */
    public static RqApp verifyingNothing() {
        return new RqApp(List.of(), true);
    }

    /** Its idle workers look for what killed ones have left every 20 s, and not only when they have waited for a job for minutes. */
    public static RqApp lookingOften() {
        return new RqApp(List.of("--maintenance-interval", "20", "--worker-ttl", "35"), false);
    }

    @Override
    public Map<String, String> environmentFor(RedisServer redis) {
        String verified = redis.speaksTls()
                ? "?ssl_cert_reqs=required&ssl_check_hostname=true&ssl_ca_certs=" + redis.caFile()
                : "";
        return Map.of("RQ_REDIS_URL", redis.url() + verified);
    }

    @Override
    public Producer producer(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(imageEnvironment());
        return folder.producer(producerCommand(), all);
    }

    @Override
    public Map<String, String> imageEnvironment() {
        return verifiesNothing
                ? Map.of("PYTHONDONTWRITEBYTECODE", "1", "VERIFY_NOTHING", "1")
                : Map.of("PYTHONDONTWRITEBYTECODE", "1");
    }

    @Override
    public List<String> producerCommand() {
        return List.of(python(), "produce.py");
    }

    @Override
    public List<String> workerCommand() {
        return verifiesNothing
                ? List.of(python(), "careless.py")
                : Stream.concat(Stream.of(rq, "worker"), options.stream()).toList();
    }

    private String python() {
        return bin.resolve("python").toString();
    }

    @Override
    public Path workingDir() {
        return folder.path();
    }

    @Override
    public RunningWorker startWorker(WorkerPod pod, List<String> before) {
        return start(Stream.concat(before.stream(), workerCommand().stream()).toList(), pod);
    }

    /** {@code rq worker-pool}. */
    public RunningWorker startPool(WorkerPod pod) {
        return start(List.of(rq, "worker-pool"), pod);
    }

    private RunningWorker start(List<String> words, WorkerPod pod) {
        List<String> command = new ArrayList<>(words);
        command.addAll(pod.expandedArgs());
        return folder.worker(command, Map.of(), pod);
    }
}
