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
    }

    /** One variable of the environment. */
    public sealed interface Variable {
        String name();

        /** A literal; $(OTHER) in it is replaced by Kubernetes, as in any container's env. */
        record Literal(String name, String value) implements Variable {}

        /** The pod's own name. */
        record PodName(String name) implements Variable {}

        /** A key of the connection Secret, see {@link ConnectionKeys}. */
        record FromConnection(String name, String key) implements Variable {}
    }
}
