package dev.workerpool.scaling;

import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Measurement.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is on one server for all pools of a broker: what would be left behind by workers that leave it. */
public record Leftovers(Map<String, OfPool> pools) {
    private static final int NAMED = 8;

    public Leftovers {
        pools = new TreeMap<>(pools);
    }

    /**
     * One pool's.
     *
     * @param running empty where what runs is no matter, as on a server without workers
     */
    public record OfPool(Measurement seen, Optional<Figure> running) {
        private boolean showsAJob() {
            return seen instanceof Measured measured
                    && measured.queues().stream().anyMatch(queue -> queue.tail().isPresent());
        }

        private List<Part> parts(String pool) {
            return switch (seen) {
                case Unavailable silent -> List.of(new Part("jobs of pool " + pool, new Figure.Unknown(silent.why())));
                case Measured measured -> parts(pool, measured);
            };
        }

        private List<Part> parts(String pool, Measured measured) {
            List<Part> parts = new ArrayList<>();
            for (QueueReading queue : measured.queues()) {
                String of = " in queue " + queue.name() + (queue.name().equals(pool) ? "" : " of pool " + pool);
                parts.add(new Part("waiting" + of, queue.waiting()));
                parts.add(new Part("taken but not done" + of, queue.held()));
                parts.add(new Part("due" + of, queue.due()));
                parts.add(new Part("paused" + of, queue.paused()));
            }
            running.ifPresent(figure -> parts.add(new Part("running in pool " + pool, figure)));
            if (!measured.beside().equals(Beside.NOT_KEPT)) {
                parts.add(new Part(
                        "scheduled or retried as seen by pool " + pool,
                        measured.beside().scheduled()));
            }
            return parts;
        }
    }

    /** Read to hold nothing: no figure unknown, none above zero. */
    public boolean empty() {
        return parts().allMatch(part -> part.jobs().equals(Figure.of(0)));
    }

    /** At least so many jobs, some of which may be two pools'. */
    public long atLeast() {
        return parts().mapToLong(part -> part.jobs().atLeast()).sum();
    }

    /** In words: what is there, and what is not known. */
    public String words() {
        List<String> words = parts().filter(part -> !part.jobs().equals(Figure.of(0)))
                .map(Part::words)
                .toList();
        if (words.isEmpty()) {
            return "nothing";
        }
        return String.join(", ", words.subList(0, Math.min(NAMED, words.size())))
                + (words.size() > NAMED ? " and %d more".formatted(words.size() - NAMED) : "");
    }

    /** Whether the same jobs wait on both, as far as queues can tell: as many, and the same ones first; something must wait at all. */
    public boolean sameAs(Leftovers other) {
        return pools.keySet().equals(other.pools.keySet())
                && pools.entrySet().stream().allMatch(pool -> same(pool.getValue(), other.pools.get(pool.getKey())))
                && pools.values().stream().anyMatch(OfPool::showsAJob);
    }

    private static boolean same(OfPool one, @Nullable OfPool two) {
        return two != null
                && one.seen() instanceof Measured here
                && two.seen() instanceof Measured there
                && here.beside().scheduled().equals(there.beside().scheduled())
                && here.queues().stream()
                        .map(Leftovers::shown)
                        .toList()
                        .equals(there.queues().stream().map(Leftovers::shown).toList())
                && here.queues().stream().allMatch(queue -> queue.waiting().known());
    }

    private record Shown(
            String queue, Figure waiting, Figure held, Figure due, Figure paused, Optional<String> first) {}

    private static Shown shown(QueueReading queue) {
        return new Shown(
                queue.name(),
                queue.waiting(),
                queue.held(),
                queue.due(),
                queue.paused(),
                queue.tail().map(QueueReading.Tail::id));
    }

    private record Part(String what, Figure jobs) {
        String words() {
            return switch (jobs) {
                case Figure.Known known -> known.value() + " " + what;
                case Figure.Unknown unknown -> "unknown how many " + what + " (" + unknown.why() + ")";
            };
        }
    }

    private Stream<Part> parts() {
        return pools.entrySet().stream().flatMap(pool -> pool.getValue().parts(pool.getKey()).stream());
    }
}
