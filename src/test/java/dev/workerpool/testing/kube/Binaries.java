package dev.workerpool.testing.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The control plane's programs: a folder that holds them, or one line on how to get them. */
sealed interface Binaries {

    List<String> REQUIRED =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "leash");

    record Found(Path folder) implements Binaries {

        Path path(String name) {
            return folder.resolve(name);
        }
    }

    record Missing(String line) implements Binaries {}

    /** Names of the required programs that the folder lacks. */
    static List<String> lackingIn(Path folder) {
        return lackingIn(folder, REQUIRED);
    }

    static List<String> lackingIn(Path folder, List<String> required) {
        return required.stream()
                .filter(name -> !Files.isExecutable(folder.resolve(name)))
                .toList();
    }
}
