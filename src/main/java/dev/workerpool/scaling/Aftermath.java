package dev.workerpool.scaling;

import java.time.Duration;
import java.util.Optional;

/** What is to be done about a server whose workers have left it. */
public enum Aftermath {
    /** It is looked at on. */
    WATCH,
    /** Jobs have come to it, or were left there, and workers go back for them. */
    RETURN,
    /** It is looked at no more. */
    OVER;

    /**
     * What is seen of it.
     *
     * @param left what is there by readings of now
     * @param wayBack whether workers may go back
     * @param quietFor how long no job has been seen there, and it has answered; empty where there are jobs or that is not known
     * @param silentFor how long it has not answered; empty where it does
     */
    public record Seen(Leftovers left, boolean wayBack, Optional<Duration> quietFor, Optional<Duration> silentFor) {}

    public static Aftermath of(Seen seen) {
        if (seen.silentFor().isEmpty() && seen.left().atLeast() > 0) {
            return seen.wayBack() ? RETURN : WATCH;
        }
        boolean over = seen.left().pools().isEmpty() || lasted(seen.silentFor()) || lasted(seen.quietFor());
        return over ? OVER : WATCH;
    }

    private static boolean lasted(Optional<Duration> time) {
        return time.filter(span -> span.compareTo(Move.WATCHED_FOR) >= 0).isPresent();
    }
}
