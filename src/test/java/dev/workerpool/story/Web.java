package dev.workerpool.story;

import static java.util.stream.Collectors.joining;

import dev.workerpool.testing.jobs.JobsApp;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kubelet.ProcessNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Somebody's web app, which enqueues a job twice a second: a Deployment that the operator knows nothing of.
 *
 * @param list where its jobs wait
 */
record Web(String name, JobsApp app, String list) {
    private static final Path COMPONENTS = Path.of("helm/kustomize/client");

    /** As its people have written it before they heard of the operator. */
    private String manifest(String more) {
        String order =
                "{\\\"count\\\": 1, \\\"seconds\\\": 0, \\\"queue\\\": \\\"%s\\\", \\\"counter\\\": \\\"done\\\", "
                                .formatted(name)
                        + "\\\"countdown\\\": 0, \\\"late\\\": false, \\\"retried\\\": false, \\\"priority\\\": null}";
        String program = app.producerCommand().stream().collect(joining(" "));
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, labels: {workerpool.dev/client: web}}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  strategy: {type: Recreate}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      %2$s
                      containers:
                      - name: shop
                        image: example.com/%1$s:1
                        workingDir: %3$s
                        command: [sh, -c, "while sleep 0.5; do echo '%4$s'; done | %5$s"]
                        env: [%6$s]
                        %7$s
                """.formatted(
                name,
                String.join("\n      ", ProcessNode.PLACED_HERE),
                app.workingDir(),
                order,
                program,
                app.imageEnvironment().entrySet().stream()
                        .map(variable -> "{name: %s, value: \"%s\"}".formatted(variable.getKey(), variable.getValue()))
                        .collect(joining(", ")),
                more);
    }

    /** With what the Kustomize component of its framework adds. */
    void deployWith(String component, ControlPlane cluster, TestNamespace namespace) {
        try {
            Path folder = Files.createDirectories(Path.of("target/kustomize/" + namespace + "/" + name));
            Files.writeString(folder.resolve("web.yaml"), manifest(""));
            Files.writeString(folder.resolve("client.yaml"), """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: workerpool-client, annotations: {config.kubernetes.io/local-config: "true"}}
                    data: {secret: jobs-web, variable: REDIS_URL}
                    """);
            Files.writeString(folder.resolve("kustomization.yaml"), """
                    apiVersion: kustomize.config.k8s.io/v1beta1
                    kind: Kustomization
                    resources: [web.yaml, client.yaml]
                    components: [%s]
                    """.formatted(
                            folder.relativize(COMPONENTS.resolve(component))));
            cluster.apply(
                            namespace,
                            cluster.kubectl("kustomize", folder.toString()).succeeded())
                    .succeeded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the client's variables and no file. */
    void deployWithVariables(ControlPlane cluster, TestNamespace namespace) {
        cluster.apply(namespace, manifest("envFrom: [{secretRef: {name: jobs-web-env}}]"))
                .succeeded();
    }
}
