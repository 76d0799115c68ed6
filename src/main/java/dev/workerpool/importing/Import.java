package dev.workerpool.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.api.BrokerUrl;
import dev.workerpool.api.FrameworkName;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Broker and the WorkerPool for a Deployment, as YAML for a person to look at: with {@code mode: Recommend} nothing of the
 * Deployment is touched. What the Deployment does not tell is guessed, and said so in a comment.
 */
public final class Import {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_NAME = 52;
    private static final int SOME_BACKLOG = 10;
    private static final int AT_LEAST_SO_MANY = 10;

    private Import() {}

    /** @param sizes what scales the Deployment now, where something does */
    public static String of(Deployment deployment, Optional<Sizes> sizes) {
        WorkerReader worker = WorkerReader.of(deployment);
        String workload = deployment.getMetadata().getName();
        String name = workload.substring(0, Math.min(workload.length(), LONGEST_NAME))
                .replace('.', '-')
                .replaceAll("-+$", "");
        Guess<FrameworkName> framework = worker.framework();
        Guess<List<String>> queues = worker.queues();
        Guess<Integer> concurrency = worker.concurrency();
        Guess<BrokerUrl> url = UrlReader.read(worker.variables(), name);
        Guess<Sizes> size = sizes.map(Guess::sure)
                .orElseGet(() -> Guess.doubtful(
                        some(deployment),
                        "scaling: nothing scales this Deployment now; these bounds and this target are guesses"));
        List<String> doubts = new ArrayList<>(Guess.doubts(framework, queues, concurrency, url, size));
        sizes.ifPresent(
                known -> doubts.add(
                        "scaling: something else scales this Deployment now; take it away before mode is Active, or the two would disagree"));
        return """
                # For Deployment %1$s: decided and reported only, until scaling.mode is Active.
                %2$sapiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata:
                  name: %3$s
                  namespace: %4$s
                spec:
                  url:
                    %5$s
                ---
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata:
                  name: %3$s
                  namespace: %4$s
                spec:
                  brokerRef: {name: %3$s}
                  framework: %6$s
                %7$s  queues:
                %8$s
                  concurrency: %9$d
                  workloadRef: {kind: Deployment, name: %1$s}
                  scaling:
                    mode: Recommend
                    minReplicas: %10$d
                    maxReplicas: %11$d
                    target: {backlogPerWorker: %12$d}
                """.formatted(
                workload,
                doubts.stream().map(doubt -> "# Look at " + doubt + ".\n").collect(Collectors.joining()),
                name,
                deployment.getMetadata().getNamespace(),
                url(url.value()),
                framework.value(),
                framework.value() == FrameworkName.Custom
                        ? "  custom: {waiting: [{type: List, key: \"{queue}\"}]}\n"
                        : "",
                queues.value().stream()
                        .map(queue -> "  - name: " + quoted(queue))
                        .collect(Collectors.joining("\n")),
                concurrency.value(),
                size.value().min(),
                size.value().max(),
                size.value().backlogPerWorker());
    }

    private static Sizes some(Deployment deployment) {
        int now = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
        return new Sizes(1, Math.max(AT_LEAST_SO_MANY, 2 * now), SOME_BACKLOG);
    }

    private static String url(BrokerUrl url) {
        return Optional.ofNullable(url.secretKeyRef())
                .map(ref -> "secretKeyRef: {name: %s, key: %s}".formatted(quoted(ref.name()), quoted(ref.key())))
                .orElseGet(() -> "value: " + quoted(String.valueOf(url.value())));
    }

    /** A JSON string is a YAML one. */
    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
