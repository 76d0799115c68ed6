package dev.workerpool.story;

import java.util.ArrayList;
import java.util.List;

/** A pool as a user writes it: jobs in the list {@code jobs:NAME}, those in progress in the hash {@code running}. */
public record APool(String name, String broker, List<String> specLines) {
    public APool {
        specLines = List.copyOf(specLines);
    }

    /** Of the Broker named jobs. */
    public static APool named(String name) {
        return new APool(name, "jobs", List.of());
    }

    public APool of(String otherBroker) {
        return new APool(name, otherBroker, specLines);
    }

    /** Its workers are of the image {@code example.com/worker:1}. */
    public APool withWorkers() {
        return withImage("example.com/worker:1");
    }

    public APool withImage(String image) {
        return with("template: {spec: {containers: [{name: worker, image: %s}]}}".formatted(image));
    }

    /** One line of the spec. */
    public APool with(String specLine) {
        List<String> lines = new ArrayList<>(specLines);
        lines.add(specLine);
        return new APool(name, broker, lines);
    }

    public String yaml() {
        return """
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: %1$s}
                spec:
                  brokerRef: {name: %3$s}
                  framework: Custom
                  custom:
                    waiting: [{type: List, key: "jobs:{queue}"}]
                    running: [{type: Hash, key: running}]
                  queues: [{name: %1$s}]
                  concurrency: 1
                  %2$s
                """.formatted(name, String.join("\n  ", specLines), broker);
    }
}
