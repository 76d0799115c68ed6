package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.kube.Checkout;
import dev.workerpool.testing.trust.Ran;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** ioredis, and Node's own sockets. */
class IoRedisIT extends LibraryContract {
    private final NodeCode code = new NodeCode();

    @Override
    List<String> say(Map<String, String> trust, String script, String... words) {
        return run(trust, Map.of(), script + ".cjs", words);
    }

    @Test
    void modulesThatImportByNameVerifyToo() {
        assertEquals(List.of("module: connects", "module: connects"), run(trust, Map.of(), "module.mjs", right.url()));
        areUnverified(run(trust, Map.of(), "module.mjs", impostor.url()));
    }

    @Test
    void theImagesVariableThatSwitchesVerificationOffDoesNotCountForTheBroker() {
        Map<String, String> image = Map.of("NODE_TLS_REJECT_UNAUTHORIZED", "0");
        areUnverified(run(trust, image, "children.cjs", impostor.url(), "app"));
        List<String> others = run(Map.of(), image, "children.cjs", impostor.url(), "app");
        assertEquals(List.of("app: connects"), others);
    }

    @Test
    void aSocketIsTheBrokersBySomeOtherWordsToo() {
        List<String> said = say(
                trust,
                "others",
                right.url(),
                right.url(),
                right.url(),
                right.caFile().toString());
        assertTrue(said.contains("broker by port and host: connects"), said::toString);
        areRefused(
                said.stream().filter(line -> line.startsWith("broker by a")).toList(),
                Pattern.compile("takes TLS only"));
    }

    private List<String> run(Map<String, String> trust, Map<String, String> image, String script, String... words) {
        Map<String, String> variables = new HashMap<>(trust);
        variables.putAll(BullMqApp.bullMq().imageEnvironment());
        variables.putAll(image);
        List<String> command = new ArrayList<>(code.wrapper());
        command.addAll(List.of(NodeCode.interpreter(), "--no-warnings"));
        command.add(Checkout.path("src/test/apps/trust/node", script).toString());
        command.addAll(List.of(words));
        return Ran.command(variables, command).out().lines().toList();
    }
}
