package dev.workerpool.testing.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real Sidekiq with the app of {@code src/test/apps/sidekiq}. */
public final class SidekiqApp implements JobsApp {
    private static final String GET = "install Sidekiq 6 or later, on Debian: apt-get install ruby-sidekiq";

    private final AppFolder folder = AppFolder.named("sidekiq");
    private final String sidekiq = Needed.onPath("sidekiq", GET).toString();
    private final String ruby = Needed.onPath("ruby", GET).toString();
    private final Map<String, String> imageEnvironment;

    public SidekiqApp() {
        this(Map.of());
    }

    private SidekiqApp(Map<String, String> imageEnvironment) {
        this.imageEnvironment = imageEnvironment;
    }

    /** Its own code switches all verification of its broker off. */
    public static SidekiqApp verifyingNothing() {
        return new SidekiqApp(Map.of("VERIFY_NOTHING", "1"));
    }

    @Override
    public Map<String, String> imageEnvironment() {
        return imageEnvironment;
    }

    @Override
    public Map<String, String> environmentFor(RedisServer redis) {
        return redis.speaksTls()
                ? Map.of(
                        "REDIS_URL",
                        redis.url(),
                        "SSL_CERT_FILE",
                        redis.caFile().toString())
                : Map.of("REDIS_URL", redis.url());
    }

    @Override
    public Producer producer(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(imageEnvironment);
        all.putAll(environment);
        return folder.producer(producerCommand(), all);
    }

    @Override
    public List<String> producerCommand() {
        return List.of(ruby, "-W0", "produce.rb");
    }

    @Override
    public List<String> workerCommand() {
        return List.of(sidekiq, "-r", "./app.rb");
    }

    @Override
    public Path workingDir() {
        return folder.path();
    }

    /** Sidekiq takes DYNO for its host name, here the pod's. */
    @Override
    public RunningWorker startWorker(WorkerPod pod, List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.addAll(workerCommand());
        command.addAll(pod.expandedArgs());
        Map<String, String> defaults = new HashMap<>(imageEnvironment);
        defaults.put("DYNO", pod.name());
        return folder.worker(command, defaults, pod);
    }
}
