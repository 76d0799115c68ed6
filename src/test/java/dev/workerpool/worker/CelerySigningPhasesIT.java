package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerpool.testing.jobs.Child;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.signing.CeleryVersion;
import dev.workerpool.testing.signing.Sender;
import dev.workerpool.testing.signing.Signers;
import dev.workerpool.testing.signing.SigningApp;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While signing comes into force: who is one phase ahead, and who is one behind, run each other's tasks and read each other's results. */
class CelerySigningPhasesIT {
    private static final String ALL = "[\"a\",\"b\",\"c\",\"d\",[\"e\",\"f\"],\"g\",\"i\"]";

    @ParameterizedTest
    @EnumSource(
            value = CeleryVersion.class,
            names = {"V5_2_7", "V5_7_0"})
    void neighbouring_phases_go_together(CeleryVersion celery, @TempDir Path folder) {
        Signers signers = new Signers(folder).with("pool/mail", "*").with("client/web", "*");
        try (RedisServer broker = RedisServer.plain()) {
            SigningApp app = new SigningApp(celery, Map.of("REDIS", broker.url(), "C_FORCE_ROOT", "1"));
            Map<String, String> client = at(signers, "client/web", true, false);
            try (Child accepting = app.startWorker(at(signers, "pool/mail", false, false), "-P", "solo")) {
                assertEquals(ALL, results(app, Map.of()), accepting::log);
                assertEquals(ALL, results(app, client), accepting::log);
            }
            try (Child signing = app.startWorker(at(signers, "pool/mail", true, false), "-P", "solo")) {
                assertEquals(ALL, results(app, client), signing::log);
            }
            try (Child enforcing = app.startWorker(at(signers, "pool/mail", true, true), "-P", "solo")) {
                assertEquals(ALL, results(app, client), enforcing::log);
            }
        }
    }

    private static Map<String, String> at(Signers signers, String name, boolean signs, boolean requires) {
        return new HashMap<>(
                signers.written(name, signers.said(name).put("sign", signs).put("require", requires)));
    }

    private static String results(SigningApp app, Map<String, String> signing) {
        try (Sender sender = app.sender(signing)) {
            JsonNode answer =
                    sender.does(Sender.order("results").put("queue", "mail").put("chord", false));
            return answer.toString();
        }
    }
}
