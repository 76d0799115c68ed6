package dev.workerpool.tools.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A moment of the show as lines of a terminal: the same number of them each time. */
record Table(ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int HAPPENINGS = 8;
    private static final int BAR = 12;

    List<Line> of(Frame frame) {
        List<Line> lines = new ArrayList<>();
        lines.add(head(frame));
        lines.add(Line.empty());
        lines.add(Line.of(
                Style.DIM,
                "  %-10s%8s%8s%9s%9s  %-14s%s"
                        .formatted("POOL", "WAITING", "OLDEST", "RUNNING", "WORKERS", "", "WHY")));
        for (Fleet.Row row : frame.pools()) {
            lines.add(pool(row));
            lines.add(Line.of(Style.DIM, "    " + Objects.requireNonNullElse(row.message(), "")));
        }
        lines.add(Line.empty());
        List<Happening> last = frame.happenings()
                .subList(
                        Math.max(0, frame.happenings().size() - HAPPENINGS),
                        frame.happenings().size());
        last.forEach(happening -> lines.add(happening(happening)));
        for (int i = last.size(); i < HAPPENINGS; i++) {
            lines.add(Line.empty());
        }
        return lines;
    }

    private static Line head(Frame frame) {
        return Line.of(Style.BOLD, "  " + Figures.clock(frame.elapsed()))
                .and(
                        Style.PLAIN,
                        "   %d jobs enqueued, %d done   "
                                .formatted(frame.jobs().enqueued(), frame.jobs().done()))
                .and(Style.LINK, frame.page().toString())
                .and(Style.DIM, "   Ctrl-C ends it");
    }

    private static Line pool(Fleet.Row row) {
        boolean works = isSome(row.running()) || isSome(row.waiting());
        return Line.of(Style.BOLD, "  %-10s".formatted(row.name()))
                .and(works ? Style.BUSY : Style.PLAIN, "%8s".formatted(Figures.count(row.waiting())))
                .and(
                        Style.PLAIN,
                        "%8s%9s%9s  "
                                .formatted(
                                        Figures.age(row.oldest()),
                                        Figures.count(row.running()),
                                        Figures.count(row.replicas())))
                .and(Style.GOOD, "%-14s".formatted(bar(row)))
                .and(Style.BOLD, Objects.requireNonNullElse(row.reason(), ""));
    }

    private static boolean isSome(@Nullable Long figure) {
        return figure != null && figure > 0;
    }

    /** A square for each worker, full where it is ready. */
    private static String bar(Fleet.Row row) {
        int all = row.replicas() == null ? 0 : row.replicas();
        int ready = Math.min(all, row.ready() == null ? 0 : row.ready());
        int shown = Math.min(all, BAR);
        int full = Math.min(ready, shown);
        return "■".repeat(full) + "□".repeat(shown - full) + (all > BAR ? "+" : "");
    }

    private Line happening(Happening happening) {
        return Line.of(Style.DIM, "  " + time(happening.at()))
                .and(Style.PLAIN, "  %-10s".formatted(happening.pool()))
                .and(Style.BOLD, "%-10s".formatted(happening.step()))
                .and(Style.PLAIN, happening.why());
    }

    /** For those without a table: with the figures. */
    String sentence(Happening happening) {
        String figures = happening.figures().isEmpty() ? "" : " (" + happening.figures() + ")";
        return happening(happening).text() + figures;
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }
}
