package dev.workerpool.desired;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a Broker gives to a pool's pods, as a Deployment has it. */
public final class Given {
    private Given() {}

    /** By the names of its Secrets; empty where the template has others in their place. */
    public static Optional<Proven> to(Deployment live) {
        return to(live.getSpec().getTemplate());
    }

    /** The same of a singleton. */
    public static Optional<Proven> to(StatefulSet live) {
        return to(live.getSpec().getTemplate());
    }

    private static Optional<Proven> to(PodTemplateSpec template) {
        Map<String, String> secrets = template.getSpec().getVolumes().stream()
                .filter(volume ->
                        volume.getSecret() != null && volume.getSecret().getSecretName() != null)
                .collect(Collectors.toMap(
                        Volume::getName, volume -> volume.getSecret().getSecretName(), (one, other) -> one));
        return Optional.ofNullable(secrets.get(WorkerPod.CONNECTION_VOLUME))
                .map(connection -> new Proven(
                                connection,
                                Optional.ofNullable(secrets.get(WorkerPod.TRUST_VOLUME)),
                                Optional.ofNullable(secrets.get(WorkerPod.IDENTITY_VOLUME)),
                                Optional.ofNullable(secrets.get(WorkerPod.CODE_VOLUME)),
                                Optional.empty())
                        .signingBy(Optional.ofNullable(secrets.get(WorkerPod.SIGNING_VOLUME))));
    }

    /** Whether a Deployment has all that is given now. */
    public static boolean isAll(PoolSettings settings, Proven now, Proven given) {
        return now.connectionSecret().equals(given.connectionSecret())
                && now.trustSecret().equals(given.trustSecret())
                && now.identity().equals(given.identity())
                && now.signing().equals(given.signing())
                && (takesNoCode(settings) || now.code().equals(given.code()));
    }

    /** Whether people want nothing else of it than what it has: empty where that cannot be told from it. */
    public static Optional<Boolean> isAllThatChanged(PoolSettings settings, Proven given, Deployment live) {
        return takesNoCode(settings)
                ? Optional.empty()
                : Optional.of(PoolObjects.inputs(settings, given).equals(Labels.annotation(live, Labels.INPUTS)));
    }

    static boolean takesNoCode(PoolSettings settings) {
        return settings.framework().wrapper().isEmpty();
    }
}
