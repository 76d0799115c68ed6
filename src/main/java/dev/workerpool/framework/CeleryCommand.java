package dev.workerpool.framework;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Celery's own command line: options of all commands, then the command. */
final class CeleryCommand {
    private static final Set<String> WITH_VALUE =
            Set.of("-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir");

    private CeleryCommand() {}

    /** The command, such as worker or beat, in the words after {@code celery}. */
    static Optional<String> subcommand(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (WITH_VALUE.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                return Optional.of(words.get(i));
            }
        }
        return Optional.empty();
    }
}
