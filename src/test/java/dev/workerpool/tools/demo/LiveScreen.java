package dev.workerpool.tools.demo;

import java.io.PrintStream;
import java.util.List;

/** A terminal: the table is drawn over the one before. */
final class LiveScreen implements Screen {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String TO_LINE_END = "\u001b[K";

    private final PrintStream out;
    private final Table table;
    private final TerminalWidth width;
    private int drawn;

    LiveScreen(PrintStream out, Table table, TerminalWidth width) {
        this.out = out;
        this.table = table;
        this.width = width;
    }

    @Override
    public void show(Frame frame) {
        int columns = width.columns();
        List<Line> lines = table.of(frame);
        StringBuilder picture = new StringBuilder(HIDE_CURSOR);
        if (drawn > 0) {
            picture.append("\u001b[").append(drawn).append("A");
        }
        lines.forEach(line -> picture.append('\r')
                .append(line.painted(columns))
                .append(TO_LINE_END)
                .append('\n'));
        picture.append("\u001b[J");
        drawn = lines.size();
        out.print(picture);
        out.flush();
    }

    @Override
    public void close() {
        out.print(SHOW_CURSOR);
        out.flush();
    }
}
