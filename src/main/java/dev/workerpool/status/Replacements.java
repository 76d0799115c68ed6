package dev.workerpool.status;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.api.WorkerPoolStatus.Replaced;
import dev.workerpool.scaling.Replacement;
import dev.workerpool.scaling.Replacement.Noted;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods that were replaced, as a pool's status keeps them: so the next process knows of them. */
public final class Replacements {
    private Replacements() {}

    public static List<Noted> noted(@Nullable WorkerPoolStatus status) {
        return status == null
                ? List.of()
                : Objects.requireNonNullElse(status.replaced(), List.<Replaced>of()).stream()
                        .flatMap(Replacements::noted)
                        .toList();
    }

    /** Those of the last hour, and the one that is to be noted now; nothing where there is none. */
    static @Nullable List<Replaced> shown(Replacement replacement, @Nullable WorkerPoolStatus before, Instant now) {
        Stream<Noted> kept = Replacement.recent(noted(before), now).stream();
        Stream<Noted> all = replacement instanceof Replacement.Note note
                ? Stream.concat(kept, Stream.of(new Noted(note.pod(), now)))
                : kept;
        List<Replaced> shown = all.map(one -> new Replaced(
                        one.pod(), one.time().truncatedTo(ChronoUnit.SECONDS).toString()))
                .toList();
        return shown.isEmpty() ? null : shown;
    }

    /** What a condition says of it, beside what is wrong. */
    static String words(Replacement replacement) {
        return switch (replacement) {
            case Replacement.Later later ->
                "; %s in the last hour, which has not helped: no other is before %s"
                        .formatted(
                                later.recently() == 1 ? "1 pod was replaced" : later.recently() + " pods were replaced",
                                later.at().truncatedTo(ChronoUnit.SECONDS));
            case Replacement.None none -> "";
            case Replacement.Note note -> "";
            case Replacement.Evict evict -> "";
        };
    }

    private static Stream<Noted> noted(Replaced replaced) {
        try {
            return Stream.of(new Noted(replaced.pod(), Instant.parse(replaced.time())));
        } catch (DateTimeParseException e) {
            return Stream.empty(); // written by another hand
        }
    }
}
