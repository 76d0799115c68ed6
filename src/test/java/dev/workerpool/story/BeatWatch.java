package dev.workerpool.story;

import dev.workerpool.testing.kubelet.PodRun;
import dev.workerpool.testing.kubelet.ProcessNode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Celery's beats as processes, looked at a hundred times a second, and what their logs say that they have enqueued. */
final class BeatWatch implements AutoCloseable {
    private static final DateTimeFormatter CELERYS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");
    private static final Pattern LINE =
            Pattern.compile("\\[(\\S+ \\S+): INFO/MainProcess] (beat: Starting|Scheduler: Sending due task)");

    private final Supplier<List<PodRun>> beats;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong looks = new AtomicLong();
    private final Map<PodRun, LocalDateTime> lastSeen = new ConcurrentHashMap<>();

    private @Nullable Future<?> looking;

    private BeatWatch(Supplier<List<PodRun>> beats) {
        this.beats = beats;
    }

    static BeatWatch of(ProcessNode node, String statefulSet) {
        BeatWatch watch = new BeatWatch(() -> node.runs(statefulSet + "-"));
        watch.looking = watch.clock.scheduleWithFixedDelay(watch::look, 0, 10, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        List<PodRun> alive = beats.get().stream().filter(PodRun::isAlive).toList();
        alive.forEach(run -> lastSeen.put(run, LocalDateTime.now(ZoneId.systemDefault())));
        most.accumulateAndGet(alive.size(), Math::max);
        looks.incrementAndGet();
    }

    /** The most that were alive at one moment. */
    int most() {
        return most.get();
    }

    long looks() {
        return looks.get();
    }

    /** How many have been started so far. */
    int runs() {
        return beats.get().size();
    }

    /** The one that is alive last of all. */
    PodRun newest() {
        return inOrder().getLast().run();
    }

    /** All tasks that were enqueued, by all runs. */
    int sent() {
        return inOrder().stream().mapToInt(beat -> beat.sent().size()).sum();
    }

    /** One run: when it ended, as far as it has; when it began; when it enqueued. */
    record Beat(PodRun run, LocalDateTime lastSeen, LocalDateTime began, List<LocalDateTime> sent) {
        private static Beat of(PodRun run, LocalDateTime lastSeen) {
            LocalDateTime began = LocalDateTime.MAX;
            List<LocalDateTime> sent = new ArrayList<>();
            for (String line : run.log().lines().toList()) {
                Matcher found = LINE.matcher(line);
                if (found.find()) {
                    LocalDateTime at = LocalDateTime.parse(found.group(1), CELERYS);
                    if (found.group(2).startsWith("beat")) {
                        began = at;
                    } else {
                        sent.add(at);
                    }
                }
            }
            return new Beat(run, lastSeen, began, sent);
        }
    }

    List<Beat> inOrder() {
        return lastSeen.entrySet().stream()
                .map(run -> Beat.of(run.getKey(), run.getValue()))
                .sorted(Comparator.comparing(Beat::began))
                .toList();
    }

    /**
     * Between two ticks: in one run, the interval; over a restart, what had passed of it, the restart, and one interval from there.
     *
     * @param lateness the longest by which one was later than that
     * @param restart the longest time between two runs
     */
    record Gaps(Duration lateness, Duration restart) {}

    /** @param first the first run that is counted, from 0 */
    Gaps gaps(int first, Duration every) {
        List<Beat> all = inOrder();
        Duration lateness = Duration.ZERO;
        Duration restart = Duration.ZERO;
        for (int i = first; i < all.size(); i++) {
            Beat beat = all.get(i);
            LocalDateTime from = beat.began();
            for (LocalDateTime tick : beat.sent()) {
                lateness = longer(lateness, Duration.between(from, tick).minus(every));
                from = tick;
            }
            if (i > first) {
                Duration between = Duration.between(all.get(i - 1).lastSeen(), beat.began());
                restart = longer(restart, between);
            }
        }
        return new Gaps(lateness, restart);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.cancel(false);
        }
        clock.shutdownNow();
    }
}
