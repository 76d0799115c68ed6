package dev.workerpool.tools.demo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code aFrame().withPool("mail", 12L, 3).build()}. */
final class AFrame {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Fleet.Row> pools = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();

    static AFrame aFrame() {
        return new AFrame();
    }

    static Fleet.Row row(String name, @Nullable Long waiting, int size, String reason) {
        return new Fleet.Row(name, waiting, 0L, 3L, size, size, size, reason, "because of " + reason);
    }

    AFrame withPool(Fleet.Row row) {
        pools.add(row);
        return this;
    }

    AFrame withHappenings(int count) {
        for (int i = 0; i < count; i++) {
            happenings.add(new Happening(NOON.plusSeconds(i), "mail", i + " → " + (i + 1), "Backlog: more", ""));
        }
        return this;
    }

    Frame build() {
        return new Frame(
                Duration.ofSeconds(83),
                URI.create("http://127.0.0.1:8081/"),
                pools,
                new Tally.Figures(20, 12, 0),
                happenings);
    }
}
