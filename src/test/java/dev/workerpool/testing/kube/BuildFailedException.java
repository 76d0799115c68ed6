package dev.workerpool.testing.kube;

/** The control plane's programs could not be built. */
final class BuildFailedException extends Exception {

    private final String line;

    BuildFailedException(String line) {
        super(line);
        this.line = line;
    }

    /** What failed and where the whole output is, in one line. */
    String line() {
        return line;
    }
}
