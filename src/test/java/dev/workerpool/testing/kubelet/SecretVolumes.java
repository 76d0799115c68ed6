package dev.workerpool.testing.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A pod's mounted Secrets in a folder of this machine. A process has no file system of its own: its paths are changed. */
record SecretVolumes(Path root, Map<String, Path> byMountPath) {

    static SecretVolumes mount(Pod pod, Container container, Secrets secrets) {
        try {
            Path root = Files.createTempDirectory(pod.getMetadata().getName() + "-");
            Map<String, Path> byMountPath = new TreeMap<>(Comparator.reverseOrder());
            for (VolumeMount mount : container.getVolumeMounts()) {
                Volume volume = volume(pod, mount.getName());
                if (volume.getSecret() != null) {
                    Path folder = Files.createDirectory(root.resolve(mount.getName()));
                    write(secrets.files(volume.getSecret().getSecretName()), folder);
                    byMountPath.put(mount.getMountPath(), folder);
                }
            }
            return new SecretVolumes(root, byMountPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with each mount path in it replaced by where its files are. */
    String located(String text) {
        String located = text;
        for (Map.Entry<String, Path> mount : byMountPath.entrySet()) {
            located = located.replace(mount.getKey() + "/", mount.getValue() + "/");
        }
        return located;
    }

    void delete() {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (NoSuchFileException e) {
            return; // deleted before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Kubernetes adds one for the account's token where it is mounted, which is no Secret. */
    private static Volume volume(Pod pod, String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
