package dev.workerpool;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the operator. */
@Command(
        name = "workerpool",
        description = "A Kubernetes operator for fleets of background workers",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {RunCommand.class, CheckCommand.class, ImportCommand.class})
public final class Main {
    private Main() {}

    /** The commands of the operator, for whoever adds some of his own. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    public static void main(String[] args) {
        int status = commandLine().execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** From the manifest of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"workerpool " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
