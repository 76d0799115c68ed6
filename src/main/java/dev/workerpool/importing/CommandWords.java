package dev.workerpool.importing;

import dev.workerpool.framework.RqCommand;
import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The words by which a container starts its worker, those of a shell's script among them. */
record CommandWords(List<String> words) {
    CommandWords {
        words = List.copyOf(words);
    }

    static CommandWords of(Container container) {
        return new CommandWords(Stream.concat(container.getCommand().stream(), container.getArgs().stream())
                .flatMap(word -> Arrays.stream(word.strip().split("\\s+")))
                .toList());
    }

    /** Whether one of the words is this program, by whatever path. */
    boolean runs(String program) {
        return words.stream().anyMatch(word -> word.equals(program) || word.endsWith("/" + program));
    }

    /** RQ's command line, where there is one among the words. */
    Optional<RqCommand> rq() {
        return IntStream.range(0, words.size())
                .mapToObj(from -> RqCommand.of(words.subList(from, words.size())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The values given to a flag: {@code -q a}, {@code -qa}, {@code --queue a} and {@code --queue=a}. */
    List<String> values(String shortName, String longName) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(shortName) || word.equals(longName)) {
                if (i + 1 < words.size()) {
                    values.add(words.get(i + 1));
                }
            } else if (word.startsWith(longName + "=")) {
                values.add(word.substring(longName.length() + 1));
            } else if (word.startsWith(shortName) && !word.startsWith("--")) {
                values.add(word.substring(shortName.length()));
            }
        }
        return values;
    }

    Optional<String> lastValue(String shortName, String longName) {
        List<String> values = values(shortName, longName);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }
}
