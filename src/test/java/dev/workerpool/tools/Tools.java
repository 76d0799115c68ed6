package dev.workerpool.tools;

import dev.workerpool.Main;
import dev.workerpool.tools.bench.BenchCommand;

/** The command line of a checkout: the operator's own commands, and those that need the tests' control plane. */
public final class Tools {
    private Tools() {}

    public static void main(String[] arguments) {
        System.exit(Main.commandLine().addSubcommand(new BenchCommand()).execute(arguments));
    }
}
