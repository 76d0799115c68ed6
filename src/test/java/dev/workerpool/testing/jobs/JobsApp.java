package dev.workerpool.testing.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A user's application in some job framework: it can send its jobs and be run as a worker. */
public interface JobsApp {
    /** The variables that make the app use this broker, with its certificate chain and name verified. */
    Map<String, String> environmentFor(RedisServer redis);

    /** The command of the image's worker, without what a pod says beside it. */
    List<String> workerCommand();

    /** The command of the image's producer, which takes orders on its standard input. */
    List<String> producerCommand();

    /** What the image itself sets. */
    default Map<String, String> imageEnvironment() {
        return Map.of("PYTHONDONTWRITEBYTECODE", "1");
    }

    /** The image's working directory. */
    Path workingDir();

    /** A client process with just these variables. */
    Producer producer(Map<String, String> environment);

    default Producer producer(RedisServer redis) {
        return producer(environmentFor(redis));
    }

    /** Runs the image's command with the pod's arguments and variables, and returns at once. */
    default RunningWorker startWorker(WorkerPod pod) {
        return startWorker(pod, List.of());
    }

    /**
     * The same.
     *
     * @param before words in front of the command, such as of a program that runs others
     */
    RunningWorker startWorker(WorkerPod pod, List<String> before);
}
