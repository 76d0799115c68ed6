package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.trust.Ran;
import dev.workerpool.testing.trust.WrappedCommand;
import dev.workerpool.testing.trust.WrapperContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeWrapperIT extends WrapperContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeCode code = new NodeCode();

    @Override
    protected WrappedCommand language() {
        return code;
    }

    @Test
    void theImagesOwnOptionsComeBehindTheMountedCode() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs.cjs"), "if (process.env.APP) console.log('theirs');\n");
        String image = "--no-deprecation --require " + theirs;
        Map<String, String> variables = new HashMap<>(trust());
        variables.put("NODE_OPTIONS", image);
        List<String> command = Stream.concat(
                        Stream.of("env", "APP=1"), NodeCode.script("console.log(process.env.NODE_OPTIONS)").stream())
                .toList();
        Ran ran = Ran.command(variables, wrapped(command));
        assertEquals(
                List.of("theirs", code.loading().get("NODE_OPTIONS") + " " + image),
                ran.out().lines().toList(),
                ran::err);
    }

    @Test
    void theFolderIsNamedAsItWasMountedToChildrenToo() throws IOException {
        // As the kubelet does: what a link names is removed when the ConfigMap changes.
        NodeCode linked = new NodeCode(Files.createSymbolicLink(folder.resolve("code"), code.folder()));
        String print = "console.log(process.env.NODE_OPTIONS)";
        String child = "require('child_process').spawn('node', ['-e', '%s'], { stdio: 'inherit', env: { PATH: '%s' } })"
                .formatted(print, System.getenv("PATH"));
        Ran ran = Ran.command(
                trust(),
                Stream.concat(linked.wrapper().stream(), NodeCode.script(print + ";" + child).stream())
                        .toList());
        String options = linked.loading().get("NODE_OPTIONS");
        assertEquals(
                List.of(options, options), ran.out().lines().map(String::strip).toList(), ran::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP", "QUIT", "USR1", "USR2", "WINCH", "CONT", "ALRM"})
    void theCommandGetsEverySignalAndItsEndIsTakenOver(String signal) throws IOException {
        Path log = folder.resolve("log");
        List<String> command = wrapped(List.of(
                "sh", "-c", "trap 'echo got; exit 5' %s; echo ready; while :; do sleep 0.1; done".formatted(signal)));
        try (Child child = Child.start(new ProcessBuilder(command), trust(), log);
                BufferedReader out = child.process().inputReader()) {
            assertEquals("ready", out.readLine(), child::log);
            child.signal(signal);
            assertEquals("got", out.readLine(), child::log);
            assertTrue(child.endedWithin(PATIENCE), child::log);
            assertEquals(5, child.process().exitValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bun", "/usr/local/bin/deno"})
    void aCommandThatWouldNotLoadTheCodeIsRefused(String command) {
        Ran ran = Ran.command(trust(), wrapped(List.of(command, "worker.ts")));
        assertEquals(78, ran.code(), ran::err);
        assertEquals(1, ran.err().lines().count(), ran::err);
    }

    @Test
    void aCommandThatASignalEndedEndsTheWrapperSo() {
        Ran ran = Ran.command(trust(), wrapped(List.of("sh", "-c", "kill -KILL $$")));
        assertEquals(128 + 9, ran.code(), ran::err);
    }

    @Test
    void aFileThatIsNoProgramIsSaidAsAShellWould() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "text");
        Ran ran = Ran.command(trust(), wrapped(List.of(text.toString())));
        assertEquals(126, ran.code(), ran::err);
        assertTrue(ran.err().contains(text.toString()), ran::err);
    }
}
