package dev.workerpool.testing.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kubelet makes of a pod's only container: the words of its command, its variables, its files. */
record ResolvedContainer(Container spec, Map<String, String> environment, SecretVolumes volumes) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");
    private static final List<String> OF_THE_IMAGE = List.of("PATH", "HOME", "LANG", "LC_ALL");

    static ResolvedContainer of(KubernetesClient client, Pod pod, Map<String, Map<String, String>> images) {
        if (pod.getSpec().getContainers().size() != 1) {
            throw new IllegalArgumentException("only pods of one container run here");
        }
        var spec = pod.getSpec().getContainers().getFirst();
        Secrets secrets = new Secrets(client, pod.getMetadata().getNamespace());
        SecretVolumes volumes = SecretVolumes.mount(pod, spec, secrets);
        return new ResolvedContainer(
                spec, environment(pod, secrets, volumes, images.getOrDefault(spec.getImage(), Map.of())), volumes);
    }

    String name() {
        return spec.getName();
    }

    String image() {
        return spec.getImage();
    }

    ProcessBuilder process() {
        List<String> words = Stream.concat(spec.getCommand().stream(), spec.getArgs().stream())
                .map(word -> volumes.located(expanded(word, environment)))
                .toList();
        ProcessBuilder process = new ProcessBuilder(words)
                .directory(Path.of(spec.getWorkingDir()).toFile());
        process.environment().keySet().retainAll(OF_THE_IMAGE);
        return process;
    }

    void deleteVolumes() {
        volumes.delete();
    }

    private static Map<String, String> environment(
            Pod pod, Secrets secrets, SecretVolumes volumes, Map<String, String> image) {
        Container spec = pod.getSpec().getContainers().getFirst();
        Map<String, String> variables = new LinkedHashMap<>();
        spec.getEnvFrom().stream()
                .map(source -> source.getSecretRef().getName())
                .forEach(secret -> variables.putAll(secrets.texts(secret)));
        for (EnvVar variable : spec.getEnv()) {
            Optional<String> value = variable.getValueFrom() == null
                    ? Optional.of(expanded(variable.getValue() == null ? "" : variable.getValue(), variables))
                    : from(variable.getValueFrom(), pod, secrets);
            value.ifPresent(text -> variables.put(variable.getName(), volumes.located(text)));
        }
        // In a pod of its own host name Sidekiq finds the pod's name there; here it would find this machine's.
        image.forEach(variables::putIfAbsent);
        variables.putIfAbsent("DYNO", pod.getMetadata().getName());
        return variables;
    }

    /** Empty where it may be. */
    private static Optional<String> from(EnvVarSource source, Pod pod, Secrets secrets) {
        SecretKeySelector ref = source.getSecretKeyRef();
        if (ref != null && Boolean.TRUE.equals(ref.getOptional())) {
            return Optional.ofNullable(secrets.texts(ref.getName()).get(ref.getKey()));
        }
        if (ref != null) {
            return Optional.of(secrets.text(ref.getName(), ref.getKey()));
        }
        if (source.getFieldRef() != null
                && "metadata.name".equals(source.getFieldRef().getFieldPath())) {
            return Optional.of(pod.getMetadata().getName());
        }
        throw new IllegalArgumentException("not known here: " + source);
    }

    private static String expanded(String text, Map<String, String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
    }
}
