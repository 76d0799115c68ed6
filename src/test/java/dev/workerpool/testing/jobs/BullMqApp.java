package dev.workerpool.testing.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real BullMQ, or the real Bull, with the app of {@code src/test/apps/bullmq}. */
public final class BullMqApp implements JobsApp {
    private static final String NODE = "install Node 18 or later, on Debian: apt-get install nodejs";
    private static final String GET = "cp src/test/apps/bullmq/package*.json ~/.cache/workerpool/bullmq-node/ && "
            + "npm install --prefix ~/.cache/workerpool/bullmq-node --no-save --omit=optional --ignore-scripts";

    private final AppFolder folder = AppFolder.named("bullmq");
    private final String node = Needed.onPath("node", NODE).toString();
    private final Path modules = Needed.cache().resolve("bullmq-node").resolve("node_modules");
    private final String library;
    private final boolean verifiesNothing;

    private BullMqApp(String library, boolean verifiesNothing) {
        this.library = library;
        this.verifiesNothing = verifiesNothing;
        Needed.at(modules.resolve(library), GET);
    }

    public static BullMqApp bullMq() {
        return new BullMqApp("bullmq", false);
    }

    public static BullMqApp bull() {
        return new BullMqApp("bull", false);
    }

    /** The same library with an app whose own code switches all verification of its broker off. */
    public BullMqApp verifyingNothing() {
        return new BullMqApp(library, true);
    }

    @Override
    public Map<String, String> environmentFor(RedisServer redis) {
        return redis.speaksTls()
                ? Map.of(
                        "REDIS_URL",
                        redis.url(),
                        "NODE_EXTRA_CA_CERTS",
                        redis.caFile().toString())
                : Map.of("REDIS_URL", redis.url());
    }

    @Override
    public Producer producer(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(imageEnvironment());
        return folder.producer(producerCommand(), all);
    }

    @Override
    public List<String> producerCommand() {
        return List.of(node, "produce.js", library);
    }

    @Override
    public List<String> workerCommand() {
        return List.of(node, "worker.js", library);
    }

    @Override
    public Map<String, String> imageEnvironment() {
        return verifiesNothing
                ? Map.of("NODE_PATH", modules.toString(), "VERIFY_NOTHING", "1")
                : Map.of("NODE_PATH", modules.toString());
    }

    @Override
    public Path workingDir() {
        return folder.path();
    }

    @Override
    public RunningWorker startWorker(WorkerPod pod, List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.addAll(workerCommand());
        command.addAll(pod.expandedArgs());
        return folder.worker(command, imageEnvironment(), pod);
    }
}
