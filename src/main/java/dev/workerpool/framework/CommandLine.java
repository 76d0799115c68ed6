package dev.workerpool.framework;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A container's command as its author wrote it, word by word. */
record CommandLine(List<String> words) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");

    static CommandLine of(List<String> words) {
        return new CommandLine(List.copyOf(words));
    }

    /**
     * The words after the first that names this program, with or without a path, whatever starts it (bundle exec,
     * python -m, tini --). Empty where it is not there, or within a shell's -c, where words added behind would not
     * reach it.
     */
    Optional<List<String>> after(String program) {
        boolean shell = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String name = word.substring(word.lastIndexOf('/') + 1);
            if (name.equals(program)) {
                return Optional.of(words.subList(i + 1, words.size()));
            }
            if (shell && word.matches("-[a-z]*c")) {
                return Optional.empty();
            }
            shell |= SHELLS.contains(name);
        }
        return Optional.empty();
    }
}
