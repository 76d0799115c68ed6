package dev.workerpool.testing.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kubelet makes of a pod's only container: the words of its command, its variables, its files. */
record ResolvedContainer(Container spec, Map<String, String> environment, SecretVolumes volumes) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");
    private static final List<String> OF_THE_IMAGE = List.of("PATH", "HOME", "LANG", "LC_ALL");

    static ResolvedContainer of(KubernetesClient client, Pod pod) {
        if (pod.getSpec().getContainers().size() != 1) {
            throw new IllegalArgumentException("only pods of one container run here");
        }
        var spec = pod.getSpec().getContainers().getFirst();
        Secrets secrets = new Secrets(client, pod.getMetadata().getNamespace());
        SecretVolumes volumes = SecretVolumes.mount(pod, spec, secrets);
        return new ResolvedContainer(spec, environment(pod, spec, secrets, volumes), volumes);
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

    private static Map<String, String> environment(Pod pod, Container spec, Secrets secrets, SecretVolumes volumes) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (EnvVar variable : spec.getEnv()) {
            String value = variable.getValueFrom() == null
                    ? expanded(variable.getValue() == null ? "" : variable.getValue(), variables)
                    : from(variable.getValueFrom(), pod, secrets);
            variables.put(variable.getName(), volumes.located(value));
        }
        // In a pod of its own host name Sidekiq finds the pod's name there; here it would find this machine's.
        variables.putIfAbsent("DYNO", pod.getMetadata().getName());
        return variables;
    }

    private static String from(EnvVarSource source, Pod pod, Secrets secrets) {
        if (source.getSecretKeyRef() != null) {
            return secrets.text(
                    source.getSecretKeyRef().getName(), source.getSecretKeyRef().getKey());
        }
        if (source.getFieldRef() != null
                && "metadata.name".equals(source.getFieldRef().getFieldPath())) {
            return pod.getMetadata().getName();
        }
        throw new IllegalArgumentException("not known here: " + source);
    }

    private static String expanded(String text, Map<String, String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
    }
}
