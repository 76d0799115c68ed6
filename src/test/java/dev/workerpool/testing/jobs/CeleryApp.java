package dev.workerpool.testing.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real Celery with the app of {@code src/test/apps/celery}. */
public final class CeleryApp implements JobsApp {
    private final Map<String, String> imageEnvironment;

    private static final String GET = "python3 -m venv ~/.cache/workerpool/celery-venv && "
            + "~/.cache/workerpool/celery-venv/bin/pip install 'celery[redis,auth]==5.7.0'"
            + " (or name a python that has it in WORKERPOOL_TEST_PYTHON)";

    private final AppFolder folder = AppFolder.named("celery");
    private final String python = Needed.at(python(), GET).toString();

    public CeleryApp() {
        this(Map.of("PYTHONDONTWRITEBYTECODE", "1"));
    }

    private CeleryApp(Map<String, String> imageEnvironment) {
        this.imageEnvironment = imageEnvironment;
    }

    /** Its transport option {@code visibility_timeout}, an hour otherwise. */
    public static CeleryApp givingBackAfter(Duration visibilityTimeout) {
        return new CeleryApp(Map.of("VISIBILITY_TIMEOUT", Long.toString(visibilityTimeout.toSeconds())));
    }

    /** Its tasks count themselves as lines of a file there, by the name of their counter: for a broker that is no database. */
    public static CeleryApp countingIn(Path folder) {
        return new CeleryApp(Map.of("COUNT_IN", folder.toString()));
    }

    /** Its own code switches all verification of its broker off. */
    public static CeleryApp verifyingNothing() {
        return new CeleryApp(Map.of("VERIFY_NOTHING", "1"));
    }

    @Override
    public Map<String, String> imageEnvironment() {
        return imageEnvironment;
    }

    @Override
    public Map<String, String> environmentFor(RedisServer redis) {
        // Celery does not verify anything on rediss:// unless its URL says so.
        String verified = redis.speaksTls()
                ? "?ssl_cert_reqs=required&ssl_check_hostname=true&ssl_ca_certs=" + redis.caFile()
                : "";
        return Map.of("CELERY_BROKER_URL", redis.url() + verified);
    }

    @Override
    public Producer producer(Map<String, String> environment) {
        return folder.producer(producerCommand(), withImages(environment));
    }

    @Override
    public List<String> producerCommand() {
        return List.of(python, "produce.py");
    }

    @Override
    public List<String> workerCommand() {
        return List.of(python, "-m", "celery", "-A", "tasks", "worker");
    }

    @Override
    public Path workingDir() {
        return folder.path();
    }

    /** Its node name is {@code celery@POD}. */
    @Override
    public RunningWorker startWorker(WorkerPod pod, List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.addAll(workerCommand());
        command.addAll(pod.expandedArgs());
        return folder.worker(command, withImages(Map.of("CELERY_WORKER_HOSTNAME", "celery@" + pod.name())), pod);
    }

    private Map<String, String> withImages(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(imageEnvironment);
        all.putAll(environment);
        return all;
    }

    private static Path python() {
        String named = System.getenv("WORKERPOOL_TEST_PYTHON");
        return named != null
                ? Path.of(named)
                : Needed.cache().resolve("celery-venv").resolve("bin").resolve("python");
    }
}
