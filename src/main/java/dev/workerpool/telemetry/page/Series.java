package dev.workerpool.telemetry.page;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pool's figures over the last hour, in a ring of bounded size. A figure that was unknown is absent, never 0. */
final class Series {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Changes of size are kept beside the regular samples. */
    private static final int SPARE = 40;

    private final long everyMillis;
    private final Sample[] ring;
    private int size;
    private int next;

    Series(Duration every) {
        this.everyMillis = every.toMillis();
        this.ring = new Sample[(int) (HOUR.toMillis() / everyMillis) + SPARE];
    }

    /** One moment: seconds since 1970, and what was known then. */
    record Sample(long at, float waiting, float oldest, float running, int replicas, int ready, int desired) {}

    /** The same by column, as charts take it. */
    record Columns(
            List<Long> at,
            List<@Nullable Float> waiting,
            List<@Nullable Float> oldest,
            List<@Nullable Float> running,
            List<Integer> replicas,
            List<Integer> ready,
            List<Integer> desired) {}

    /** Keeps what was seen, where it is time for a sample or a size is another. */
    synchronized void see(Sighting sighting, Instant now) {
        Sample sample = sample(sighting, now);
        if (size > 0) {
            Sample last = ring[(next + ring.length - 1) % ring.length];
            boolean sameSizes = last.replicas() == sample.replicas()
                    && last.ready() == sample.ready()
                    && last.desired() == sample.desired();
            if (sameSizes && (sample.at() - last.at()) * 1000 < everyMillis) {
                return;
            }
        }
        ring[next] = sample;
        next = (next + 1) % ring.length;
        size = Math.min(size + 1, ring.length);
    }

    synchronized Columns lastHour(Instant now) {
        long from = now.minus(HOUR).getEpochSecond();
        Columns columns = new Columns(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        int first = (next + ring.length - size) % ring.length;
        for (int i = 0; i < size; i++) {
            Sample sample = ring[(first + i) % ring.length];
            if (sample.at() >= from) {
                columns.at().add(sample.at());
                columns.waiting().add(known(sample.waiting()));
                columns.oldest().add(known(sample.oldest()));
                columns.running().add(known(sample.running()));
                columns.replicas().add(sample.replicas());
                columns.ready().add(sample.ready());
                columns.desired().add(sample.desired());
            }
        }
        return columns;
    }

    private static Sample sample(Sighting sighting, Instant now) {
        return new Sample(
                now.getEpochSecond(),
                figure(sighting.totals().waiting()),
                sighting.totals()
                        .oldestAge(now)
                        .map(Duration::toSeconds)
                        .map(Long::floatValue)
                        .orElse(Float.NaN),
                figure(sighting.totals().running()),
                sighting.fleet().replicas(),
                sighting.fleet().ready(),
                sighting.decision().replicas());
    }

    private static float figure(Figure figure) {
        return figure instanceof Figure.Known known ? known.value() : Float.NaN;
    }

    private static @Nullable Float known(float value) {
        return Float.isNaN(value) ? null : value;
    }
}
