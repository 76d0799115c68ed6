package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.Needed;
import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.trust.Ran;
import dev.workerpool.testing.trust.WrappedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The folder that a Python worker's pod has at /var/run/workerpool/code. */
record PythonCode(Path folder) implements WrappedCommand {

    PythonCode() {
        this(Checkout.path("src/main/resources/worker/python"));
    }

    static String interpreter() {
        return Needed.onPath("python3", "install Python 3.8 or later, on Debian: apt-get install python3")
                .toString();
    }

    @Override
    public List<String> wrapper() {
        return List.of(interpreter(), folder.resolve("run.py").toString());
    }

    /** What redis-py says of each attempt of {@code src/test/apps/redispy/connect.py}. */
    static List<String> redisPy(Map<String, String> trust, List<String> attempts) {
        return attempts("rq-venv", Checkout.path("src/test/apps/redispy/connect.py"), trust, attempts);
    }

    /** What Celery says of each attempt of {@code src/test/apps/celery/careless.py}. */
    static List<String> celery(Map<String, String> trust, List<String> attempts) {
        return attempts("celery-venv", Checkout.path("src/test/apps/celery/careless.py"), trust, attempts);
    }

    private static List<String> attempts(String venv, Path script, Map<String, String> trust, List<String> attempts) {
        Path python = Needed.at(
                Needed.cache().resolve(venv).resolve("bin").resolve("python"), "see CeleryApp and RqApp for its venv");
        List<String> command = new ArrayList<>(new PythonCode().wrapper());
        command.addAll(List.of(python.toString(), script.toString(), "[" + String.join(", ", attempts) + "]"));
        Ran ran = Ran.command(trust, command);
        List<String> said = ran.out().lines().toList();
        assertEquals(attempts.size(), said.size(), ran::err);
        return said;
    }

    @Override
    public Map<String, String> loading() {
        return Map.of("PYTHONPATH", folder.toString());
    }

    @Override
    public List<String> program() {
        return script("import os; print('app', os.getpid(), flush=True); os._exit(7)");
    }

    static List<String> script(String code) {
        return List.of(interpreter(), "-c", code);
    }
}
