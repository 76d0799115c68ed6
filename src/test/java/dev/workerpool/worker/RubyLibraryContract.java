package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.trust.Ran;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same for a library in Ruby. */
abstract class RubyLibraryContract extends LibraryContract {
    private final RubyCode code = new RubyCode();

    /** What chooses the library. */
    abstract Map<String, String> library();

    @Override
    List<String> say(Map<String, String> trust, String script, String... words) {
        return run(
                trust,
                Stream.concat(Stream.of("-W0", script(script)), Stream.of(words))
                        .toList());
    }

    @Test
    void methodsOfTheAppInThePlaceOfTheLibrarysAreRefused() {
        assertEquals(List.of("parameters: connects", "connection: connects"), say(Map.of(), "patches", impostor.url()));
        areRefused(say(trust, "patches", impostor.url()), Pattern.compile("was not verified"));
    }

    @Test
    void whatTheInterpreterLoadsFirstVerifiesToo() {
        Map<String, String> variables = new HashMap<>(trust);
        variables.put("PRELOADED_URL", impostor.url());
        areUnverified(run(variables, List.of("-r", script("preloaded"), "-e", "")));
    }

    private List<String> run(Map<String, String> variables, List<String> words) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(library());
        List<String> command = new ArrayList<>(code.wrapper());
        command.add(RubyCode.interpreter());
        command.addAll(words);
        return Ran.command(all, command).out().lines().toList();
    }

    private static String script(String name) {
        return Checkout.path("src/test/apps/trust/ruby", name + ".rb").toString();
    }
}
