package dev.workerpool.story;

import java.util.ArrayList;
import java.util.List;

/** A pool as a user writes it: jobs in the list {@code jobs:NAME}, those in progress in the hash {@code running}. */
record APool(String name, List<String> specLines) {
    APool {
        specLines = List.copyOf(specLines);
    }

    static APool named(String name) {
        return new APool(name, List.of());
    }

    /** Its workers are of the image {@code example.com/worker:1}. */
    APool withWorkers() {
        return withImage("example.com/worker:1");
    }

    APool withImage(String image) {
        return with("template: {spec: {containers: [{name: worker, image: %s}]}}".formatted(image));
    }

    /** One line of the spec. */
    APool with(String specLine) {
        List<String> lines = new ArrayList<>(specLines);
        lines.add(specLine);
        return new APool(name, lines);
    }

    String yaml() {
        return """
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: %1$s}
                spec:
                  brokerRef: {name: jobs}
                  framework: Custom
                  custom:
                    waiting: [{type: List, key: "jobs:{queue}"}]
                    running: [{type: Hash, key: running}]
                  queues: [{name: %1$s}]
                  concurrency: 1
                  %2$s
                """.formatted(name, String.join("\n  ", specLines));
    }
}
