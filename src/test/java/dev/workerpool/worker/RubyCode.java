package dev.workerpool.worker;

import dev.workerpool.testing.jobs.Needed;
import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.trust.WrappedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The folder that a Ruby worker's pod has at /var/run/workerpool/code. */
record RubyCode(Path folder) implements WrappedCommand {
    private static final String GET = "install Ruby 2.7 or later, on Debian: apt-get install ruby";

    RubyCode() {
        this(Checkout.path("src/main/resources/worker/ruby"));
    }

    static String interpreter() {
        return Needed.onPath("ruby", GET).toString();
    }

    @Override
    public List<String> wrapper() {
        return List.of(interpreter(), folder.resolve("run.rb").toString());
    }

    @Override
    public Map<String, String> loading() {
        return Map.of("RUBYOPT", "-r" + folder.resolve("workerpool_trust.rb"));
    }

    @Override
    public List<String> program() {
        return script("$stdout.sync = true; puts \"app #{Process.pid}\"; exit! 7");
    }

    static List<String> script(String code) {
        return List.of(interpreter(), "-e", code);
    }
}
