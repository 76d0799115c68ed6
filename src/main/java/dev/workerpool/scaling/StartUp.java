package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How long a pool's workers take until they are at work, from the creation of their pods: so a new node, the image's way and the
 * application's loading are part of it. Learned from pods that were created while this process watched, and from no others.
 *
 * @param last of the last few, the newest last
 * @param measured the pods that are there and have been measured, by name
 */
public record StartUp(List<Duration> last, Set<String> measured) {
    public static final StartUp UNKNOWN = new StartUp(List.of(), Set.of());

    private static final int KEPT = 5;
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration ASSUMED = Duration.ofSeconds(20);

    /** Few and far between: pools whose workers start about as fast ask a broker the same. */
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            MOST);

    public StartUp {
        last = List.copyOf(last);
        measured = Set.copyOf(measured);
    }

    /**
     * @param since when watching began
     * @param atWork since when a pod is at work, where it is
     */
    StartUp observe(Fleet fleet, Instant since, Function<Fleet.Pod, Optional<Instant>> atWork) {
        var times = new ArrayList<>(last);
        var known = new HashSet<String>();
        for (var pod : fleet.pods()) {
            var created = pod.life().created().filter(time -> !time.isBefore(since));
            if (created.isEmpty()) {
                continue;
            }
            if (measured.contains(pod.name())) {
                known.add(pod.name());
                continue;
            }
            atWork.apply(pod).ifPresent(when -> {
                known.add(pod.name());
                times.add(bounded(Duration.between(created.get(), when)));
            });
        }
        return new StartUp(times.subList(Math.max(0, times.size() - KEPT), times.size()), known);
    }

    /** The longest of the last few: too early costs a moment of a worker, too late a job its time. */
    public Optional<Duration> longest() {
        return last.stream().max(Duration::compareTo);
    }

    /** The longest, rounded up to one of a few steps. */
    public Optional<Duration> rounded() {
        return longest().map(StartUp::up);
    }

    /** How long before a job's time its worker must be wanted. */
    public Duration ahead() {
        return rounded().orElse(ASSUMED);
    }

    private static Duration up(Duration time) {
        return STEPS.stream()
                .filter(step -> step.compareTo(time) >= 0)
                .findFirst()
                .orElse(MOST);
    }

    private static Duration bounded(Duration time) {
        if (time.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return time.compareTo(MOST) > 0 ? MOST : time;
    }
}
