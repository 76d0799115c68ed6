package dev.workerpool.testing.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A pod's mounted Secrets, and its empty folders, in a folder of this machine. A process has no file system of its own: its paths are changed. */
record SecretVolumes(Path root, Map<String, Path> byMountPath) {
    /** Every process here has this machine's own, and the folders below are in it. */
    private static final String TMP = "/tmp";

    static SecretVolumes mount(Pod pod, Container container, Secrets secrets) {
        try {
            Path root = Files.createTempDirectory(pod.getMetadata().getName() + "-");
            SecretVolumes volumes = new SecretVolumes(root, new TreeMap<>(Comparator.reverseOrder()));
            Map<Path, String> secretOf = new TreeMap<>();
            for (VolumeMount mount : container.getVolumeMounts()) {
                Volume volume = volume(pod, mount.getName());
                if (volume.getSecret() != null) {
                    Path folder = Files.createDirectory(root.resolve(mount.getName()));
                    secretOf.put(folder, volume.getSecret().getSecretName());
                    volumes.byMountPath().put(mount.getMountPath(), folder);
                } else if (volume.getEmptyDir() != null && !mount.getMountPath().equals(TMP)) {
                    volumes.byMountPath()
                            .put(mount.getMountPath(), Files.createDirectory(root.resolve(mount.getName())));
                }
            }
            for (Map.Entry<Path, String> folder : secretOf.entrySet()) {
                volumes.write(secrets.files(folder.getValue()), folder.getKey());
            }
            return volumes;
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

    /** Files that name others, as those that say where the roots are, name them where they are here. */
    private void write(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] content = file.getKey().endsWith(".json")
                    ? located(new String(file.getValue(), StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8)
                    : file.getValue();
            Files.write(folder.resolve(file.getKey()), content);
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
