package dev.workerpool.tools.demo;

import java.nio.file.Path;

/** A Kubernetes API for the show. */
interface Api extends AutoCloseable {
    /** What it is, for people. */
    String told();

    /** For the operator, and for whoever wants to look: of one who may do everything that the demo does. */
    Path kubeconfig();

    /** Whether it goes on when the demo ends, so that the demo has to tidy up after itself. */
    boolean outlives();

    @Override
    void close();
}
