package dev.workerpool.tools.demo;

/** Where the show is seen. */
interface Screen extends AutoCloseable {

    void show(Frame frame);

    @Override
    void close();
}
