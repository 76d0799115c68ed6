package dev.workerpool.framework;

import java.util.List;

/**
 * How a worker is started.
 *
 * @param command the command where the template gives none; empty where there is no telling
 * @param flags what follows the command, each left out where the template's author gave it
 * @param variables the environment, each left out where the template's author set it
 */
public record Launch(List<String> command, List<Flag> flags, List<Variable> variables) {
    public Launch {
        command = List.copyOf(command);
        flags = List.copyOf(flags);
        variables = List.copyOf(variables);
    }

    /** The words of those flags that the template's author has not given in words of their own. */
    public List<String> flagsNotIn(List<String> authorWords) {
        return flags.stream()
                .filter(flag -> authorWords.stream().noneMatch(flag::isGivenBy))
                .flatMap(flag -> flag.words().stream())
                .toList();
    }

    /**
     * One flag of the command line.
     *
     * @param names all spellings by which an author may have given it, such as -c and --concurrency
     * @param words the words to add, such as -c 10
     */
    public record Flag(List<String> names, List<String> words) {
        public Flag {
            names = List.copyOf(names);
            words = List.copyOf(words);
        }

        /** {@code --concurrency}, {@code --concurrency=5}, {@code -c} or {@code -c5}. */
        private boolean isGivenBy(String word) {
            return names.stream()
                    .anyMatch(name -> name.startsWith("--")
                            ? word.equals(name) || word.startsWith(name + "=")
                            : word.startsWith(name));
        }
    }

    /** One variable of the environment. */
    public sealed interface Variable {
        String name();

        /** Whether the worker reaches or verifies its broker by it. */
        default boolean isOfBroker() {
            return this instanceof OfBroker || this instanceof FromConnection;
        }

        /** A literal; $(OTHER) in it is replaced by Kubernetes, as in any container's env. */
        record Literal(String name, String value) implements Variable {}

        /** A literal by which the worker is told how to reach its broker, or how to verify it. */
        record OfBroker(String name, String value) implements Variable {}

        /** The pod's own name. */
        record PodName(String name) implements Variable {}

        /** The pod's own name, set only where its host name is another, as on the host's network. */
        record PodNameForHostName(String name) implements Variable {}

        /** A key of the connection Secret, see {@link ConnectionKeys}. */
        record FromConnection(String name, String key) implements Variable {}

        /**
         * The same by a name that the image may use for something else. Where the mounted code is in force, that gives it to a process
         * which has none; so it is set only without that code, and where the author's own variables refer to it.
         */
        record FromConnectionOrImage(String name, String key) implements Variable {}
    }
}
