package dev.workerpool.tools.demo;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them; one that is not known is a dash. */
final class Figures {
    private Figures() {}

    static String count(@Nullable Number figure) {
        return figure == null ? "–" : figure.toString();
    }

    static String age(@Nullable Long seconds) {
        return seconds == null || seconds == 0 ? "–" : seconds + "s";
    }

    static String clock(Duration elapsed) {
        return "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    static String seconds(Duration taken) {
        return String.format(Locale.ROOT, "%.1f s", taken.toMillis() / 1000.0);
    }
}
