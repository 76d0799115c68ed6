package dev.workerpool.tools;

import dev.workerpool.Main;
import dev.workerpool.tools.bench.BenchCommand;
import dev.workerpool.tools.demo.DemoCommand;

/** The command line of a checkout: the operator's own commands, and those that need the tests' control plane. */
public final class Tools {
    private Tools() {}

    public static void main(String[] arguments) {
        System.exit(Main.commandLine()
                .addSubcommand(new DemoCommand())
                .addSubcommand(new BenchCommand())
                .execute(arguments));
    }
}
