package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.trust.Ran;
import dev.workerpool.testing.trust.WrappedCommand;
import dev.workerpool.testing.trust.WrapperContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RubyWrapperIT extends WrapperContract {
    private final RubyCode code = new RubyCode();

    @Override
    protected WrappedCommand language() {
        return code;
    }

    @Test
    void theImagesOwnOptionsComeBehindTheMountedCode() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs.rb"), "puts 'theirs' if ENV['APP']\n");
        String image = "-W:no-deprecated -r" + theirs;
        Map<String, String> variables = new HashMap<>(trust());
        variables.put("RUBYOPT", image);
        List<String> command = Stream.concat(Stream.of("env", "APP=1"), RubyCode.script("puts ENV['RUBYOPT']").stream())
                .toList();
        Ran ran = Ran.command(variables, wrapped(command));
        assertEquals("theirs " + code.loading().get("RUBYOPT") + " " + image, words(ran), ran::err);
    }

    @Test
    void theUrlThatTheImageHasStaysAndOneThatNobodySetIsTheBrokers() {
        Map<String, String> worker = new HashMap<>(trust());
        worker.put("WORKERPOOL_BROKER_URL", "rediss://broker");
        assertEquals("nil", url(worker), "a producer's is its own affair");
        worker.put("WORKERPOOL_URL_DEFAULT_FOR", "REDIS_URL");
        assertEquals("\"rediss://broker\"", url(worker));
        worker.put("REDIS_URL", "redis://cache");
        assertEquals("\"redis://cache\"", url(worker));
    }

    private String url(Map<String, String> variables) {
        Ran ran = Ran.command(variables, wrapped(RubyCode.script("puts ENV['REDIS_URL'].inspect")));
        assertEquals(0, ran.code(), ran::err);
        return words(ran);
    }

    @Test
    void anAppThatHasNoRedisFindsNoneOfItsGemsLoaded() {
        String loaded = "puts %w[json openssl strscan uri].select { |gem| $\".any?(/\\/#{gem}\\.(rb|so)$/) }.inspect";
        Ran ran = Ran.command(trust(), wrapped(RubyCode.script(loaded)));
        assertEquals("[]", words(ran), ran::err);
    }

    @Test
    void theFolderIsNamedAsItWasMounted() throws IOException {
        // As the kubelet does: what a link names is removed when the ConfigMap changes.
        Path mounted = Files.createSymbolicLink(folder.resolve("code"), code.folder());
        RubyCode linked = new RubyCode(mounted);
        Ran ran = Ran.command(
                trust(),
                Stream.concat(linked.wrapper().stream(), RubyCode.script("puts ENV['RUBYOPT']").stream())
                        .toList());
        assertEquals(linked.loading().get("RUBYOPT"), words(ran), ran::err);
    }

    @Test
    void theCommandGetsTheSignalsThatRubyHandles() {
        List<String> command = List.of("grep", "-E", "SigIgn|SigBlk", "/proc/self/status");
        Ran ran = Ran.command(trust(), wrapped(command));
        assertEquals(words(Ran.command(Map.of(), command)), words(ran), ran::err);
    }

    @Test
    void aFileThatIsNoProgramIsSaidAsAShellWould() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "text");
        Ran ran = Ran.command(trust(), wrapped(List.of(text.toString())));
        assertEquals(126, ran.code(), ran::err);
        assertTrue(ran.err().contains(text.toString()), ran::err);
    }

    private static String words(Ran ran) {
        return String.join(" ", ran.out().split("\\s+"));
    }
}
