package dev.workerpool.tools.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What is to be seen at one moment; the last happenings come last. */
record Frame(Duration elapsed, URI page, List<Fleet.Row> pools, Tally.Figures jobs, List<Happening> happenings) {
    Frame {
        pools = List.copyOf(pools);
        happenings = List.copyOf(happenings);
    }
}
