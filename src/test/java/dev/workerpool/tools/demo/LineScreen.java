package dev.workerpool.tools.demo;

import java.io.PrintStream;

/** A pipe or a log: a line for each thing that happens. */
final class LineScreen implements Screen {
    private final PrintStream out;
    private final Table table;
    private int told;

    LineScreen(PrintStream out, Table table) {
        this.out = out;
        this.table = table;
    }

    @Override
    public void show(Frame frame) {
        frame.happenings().stream().skip(told).map(table::sentence).forEach(out::println);
        told = frame.happenings().size();
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
