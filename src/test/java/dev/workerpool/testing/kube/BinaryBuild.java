package dev.workerpool.testing.kube;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the control plane's programs. */
interface BinaryBuild {

    /**
     * Puts all programs into an empty folder.
     *
     * @throws BuildFailedException when one of them could not be built; the folder may then hold some of them
     */
    void into(Path folder) throws IOException, BuildFailedException;
}
