package dev.workerpool.tools.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** What is being started, told line by line with the time since the command was given. */
record Steps(PrintStream out, boolean colours, Instant began) {

    void tell(String what, String text) {
        String time = "%7s".formatted(Figures.seconds(Duration.between(began, Instant.now())));
        print(Line.of(Style.DIM, time)
                .and(Style.BOLD, "  %-12s".formatted(what))
                .and(Style.PLAIN, text));
    }

    void line(Style style, String text) {
        print(Line.of(style, text));
    }

    private void print(Line line) {
        out.println(colours ? line.painted(Integer.MAX_VALUE) : line.text());
        out.flush();
    }
}
