package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A pool's pods, by the Secret that each has its broker's connection, or its trust, from. */
record Workers(Neighbourhood all, String pool, String kindOfSecret) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static Workers byConnection(Neighbourhood all, String pool) {
        return new Workers(all, pool, "connection");
    }

    static Workers byTrust(Neighbourhood all, String pool) {
        return new Workers(all, pool, "trust");
    }

    /** Waits until there are so many that are not ending, each with this Secret and no other of the kind. */
    void areAll(int number, String secret) {
        awaitEach(number, secret, false);
    }

    /** Waits until there are so many that have been told to end, each with this Secret and no other of the kind. */
    void areEnding(int number, String secret) {
        awaitEach(number, secret, true);
    }

    private void awaitEach(int number, String secret, boolean ending) {
        List<String> each = Collections.nCopies(number, secret);
        await("%d of %s with %s".formatted(number, pool, secret))
                .atMost(PATIENCE)
                .until(() -> secrets(ending), each::equals);
    }

    private List<String> secrets(boolean ending) {
        return all
                .pools()
                .client()
                .pods()
                .inNamespace(all.pools().namespace())
                .withLabel("workerpool.dev/pool", pool)
                .list()
                .getItems()
                .stream()
                .filter(pod -> ending == (pod.getMetadata().getDeletionTimestamp() != null))
                .flatMap(this::secretsOf)
                .toList();
    }

    private Stream<String> secretsOf(Pod pod) {
        Stream<String> mounted = pod.getSpec().getVolumes().stream()
                .map(volume -> volume.getSecret())
                .filter(Objects::nonNull)
                .map(secret -> secret.getSecretName());
        Stream<String> named = pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getEnv().stream())
                .map(variable -> variable.getValueFrom())
                .filter(from -> from != null && from.getSecretKeyRef() != null)
                .map(from -> from.getSecretKeyRef().getName());
        return Stream.concat(mounted, named)
                .filter(secret -> secret.contains("-" + kindOfSecret + "-"))
                .distinct();
    }
}
