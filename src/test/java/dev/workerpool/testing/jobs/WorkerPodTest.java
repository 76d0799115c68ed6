package dev.workerpool.testing.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerPodTest {
    @Test
    void referencesToVariablesThatStandBeforeAreReplacedAndOthersAreLeft() {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("NODE", "celery@$(POD_NAME)");
        env.put("EARLY", "$(LATE)");
        env.put("LATE", "x");
        WorkerPod pod = WorkerPod.named("mail-0").withEnv(env).withArgs("--hostname=$(NODE)", "$(ABSENT)");

        assertEquals("celery@mail-0", pod.expandedEnv().get("NODE"));
        assertEquals("$(LATE)", pod.expandedEnv().get("EARLY"));
        assertEquals(List.of("--hostname=celery@mail-0", "$(ABSENT)"), pod.expandedArgs());
    }
}
