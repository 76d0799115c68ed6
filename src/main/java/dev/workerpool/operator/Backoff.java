package dev.workerpool.operator;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long to wait before the next try: doubled each time, up to a bound, without end. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final Map<Object, Duration> last = new ConcurrentHashMap<>();

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    Duration next(Object key) {
        return last.compute(key, (same, before) -> {
            Duration doubled = before == null ? first : before.multipliedBy(2);
            return doubled.compareTo(longest) > 0 ? longest : doubled;
        });
    }

    void reset(Object key) {
        last.remove(key);
    }

    void resetAll() {
        last.clear();
    }
}
