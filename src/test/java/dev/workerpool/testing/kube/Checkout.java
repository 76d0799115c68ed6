package dev.workerpool.testing.kube;

import java.nio.file.Path;

/** This checkout's files. Maven's test runners and the launcher say where it is; an IDE starts tests there. */
public final class Checkout {
    private Checkout() {}

    /** Absolute; whether there is such a file is not looked at. */
    public static Path path(String first, String... more) {
        return Path.of(System.getProperty("basedir", ""))
                .resolve(Path.of(first, more))
                .toAbsolutePath();
    }
}
