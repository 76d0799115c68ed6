package dev.workerpool.worker;

import dev.workerpool.testing.jobs.Needed;
import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.trust.Ran;
import dev.workerpool.testing.trust.WrappedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The folder that a Node worker's pod has at /var/run/workerpool/code. */
record NodeCode(Path folder) implements WrappedCommand {
    private static final String GET = "install Node 16 or later, on Debian: apt-get install nodejs";

    NodeCode() {
        this(Checkout.path("src/main/resources/worker/node"));
    }

    static String interpreter() {
        return Needed.onPath("node", GET).toString();
    }

    @Override
    public List<String> wrapper() {
        return List.of(interpreter(), folder.resolve("run.cjs").toString());
    }

    @Override
    public Map<String, String> loading() {
        return Map.of("NODE_OPTIONS", "--require \"%s\"".formatted(folder.resolve("workerpool_trust.cjs")));
    }

    @Override
    public List<String> program() {
        return script("require('fs').writeSync(1, `app ${process.pid}\\n`); process.exit(7)");
    }

    /** It can since 22.15 and 23.11. */
    @Override
    public boolean becomesTheCommand() {
        String can = "process.exit(process.execve ? 0 : 1)";
        return Ran.command(Map.of(), script(can)).code() == 0;
    }

    static List<String> script(String code) {
        return List.of(interpreter(), "-e", code);
    }
}
