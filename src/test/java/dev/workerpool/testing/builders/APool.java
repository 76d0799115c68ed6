package dev.workerpool.testing.builders;

import java.util.ArrayList;
import java.util.List;

/**
 * A pool as a user writes it, in YAML, with one queue of its own name. Its Broker is {@code jobs}, its framework is Custom, with jobs
 * in the list {@code jobs:QUEUE} and those in progress in the hash {@code running}, unless a test says otherwise.
 */
public record APool(String name, String broker, List<String> framework, int concurrency, List<String> specLines) {
    public APool {
        framework = List.copyOf(framework);
        specLines = List.copyOf(specLines);
    }

    public static APool named(String name) {
        return new APool(name, "jobs", List.of(), 1, List.of()).withJobsIn("jobs:{queue}", "running");
    }

    public APool of(String otherBroker) {
        return new APool(name, otherBroker, framework, concurrency, specLines);
    }

    /** A list with the waiting and a hash with the running jobs. */
    public APool withJobsIn(String list, String hash) {
        return ofFramework(
                "framework: Custom",
                "custom: {waiting: [{type: List, key: \"%s\"}], running: [{type: Hash, key: \"%s\"}]}"
                        .formatted(list, hash));
    }

    /** The framework's name and its own block, as lines of the spec. */
    public APool ofFramework(String... lines) {
        return new APool(name, broker, List.of(lines), concurrency, specLines);
    }

    public APool withConcurrency(int jobs) {
        return new APool(name, broker, framework, jobs, specLines);
    }

    /** Its workers are of the image {@code example.com/worker:1}. */
    public APool withWorkers() {
        return withImage("example.com/worker:1");
    }

    public APool withImage(String image) {
        return with("template: {spec: {containers: [{name: worker, image: \"%s\"}]}}".formatted(image));
    }

    /** Lines of the spec. */
    public APool with(String... lines) {
        List<String> all = new ArrayList<>(specLines);
        all.addAll(List.of(lines));
        return new APool(name, broker, framework, concurrency, all);
    }

    public String yaml() {
        return """
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: "%1$s"}
                spec:
                  brokerRef: {name: %5$s}
                  %2$s
                  queues: [{name: "%1$s"}]
                  concurrency: %3$d
                  %4$s
                """.formatted(name, String.join("\n  ", framework), concurrency, String.join("\n  ", specLines), broker);
    }
}
