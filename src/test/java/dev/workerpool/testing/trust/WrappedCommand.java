package dev.workerpool.testing.trust;

import java.util.List;
import java.util.Map;

/** A wrapper and its language, without any framework. */
public interface WrappedCommand {
    /** Interpreter and wrapper, to be put in front of a command. */
    List<String> wrapper();

    /** The variables that load the mounted code without the wrapper. */
    Map<String, String> loading();

    /** A program in this language that prints {@code app} and its process id on one line, and ends with code 7. */
    List<String> program();

    /** Whether the wrapper becomes the command; else it runs it as its child. */
    default boolean becomesTheCommand() {
        return true;
    }
}
