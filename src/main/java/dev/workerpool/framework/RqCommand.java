package dev.workerpool.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RQ's own command line: {@code rq worker} or {@code rq worker-pool}, then options, then the names of queues. Neither
 * takes the other's options.
 *
 * @param words what follows the command
 */
public record RqCommand(String command, List<String> words) {
    static final String WORKER = "worker";
    static final String POOL = "worker-pool";

    private static final Set<String> WITHOUT_VALUE = Set.of(
            "--burst",
            "--disable-default-exception-handler",
            "--disable-job-desc-logging",
            "--quiet",
            "--verbose",
            "--with-scheduler");

    /** Empty where the line runs something else. */
    public static Optional<RqCommand> of(List<String> line) {
        return CommandLine.of(line)
                .after("rq")
                .filter(words -> !words.isEmpty() && Set.of(WORKER, POOL).contains(words.getFirst()))
                .map(words -> new RqCommand(words.getFirst(), words.subList(1, words.size())));
    }

    public RqCommand {
        words = List.copyOf(words);
    }

    /** Those that are named. */
    public List<String> queues() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).startsWith("-")) {
                names.add(words.get(i));
            } else if (takesNext(words.get(i))) {
                i++;
            }
        }
        return names;
    }

    /** Whether several workers run beside each other. */
    public boolean isPool() {
        return command.equals(POOL);
    }

    /** What the author has not said. */
    List<String> missing(Work work) {
        List<String> missing = new ArrayList<>();
        if (isPool()) {
            if (!has("-n", "--num-workers")) {
                missing.add("--num-workers=" + work.concurrency());
            }
        } else if (!has("-s", "--with-scheduler")) {
            // Without it nobody moves a scheduled job into its queue. The workers of a pool have it anyway.
            missing.add("--with-scheduler");
        }
        if (queues().isEmpty()) {
            missing.addAll(work.queues());
        }
        return missing;
    }

    private boolean has(String shortName, String longName) {
        return words.stream()
                .anyMatch(word -> word.equals(longName)
                        || word.startsWith(longName + "=")
                        || (word.startsWith(shortName) && !word.startsWith("--")));
    }

    /** {@code --name x} and {@code -n x}; but not {@code --name=x}, {@code -nx} or {@code -bv}. */
    private static boolean takesNext(String option) {
        return option.startsWith("--")
                ? !option.contains("=") && !WITHOUT_VALUE.contains(option)
                : option.equals("-ds") || option.matches("-[^bdqsv]");
    }
}
