package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.scaling.Fleet;
import dev.workerpool.status.PoolSituation.Note;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In the words of the kubelet (pkg/kubelet/kuberuntime/security_context.go). */
class PodVerdictsTest {
    private static final String ROOT =
            "container has runAsNonRoot and image will run as root (pod: \"mail-1_shop(uid)\", container: worker)";
    private static final String NAMED =
            "container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root (pod: \"mail-1_shop(uid)\", container: worker)";

    @Test
    void of_an_image_that_runs_as_root_is_said_what_to_write() {
        Note note = refused(ROOT).orElseThrow();
        assertEquals("ImageRunsAsRoot", note.reason());
        assertTrue(note.message().contains("its image runs as root"), note.message());
        assertTrue(note.message().contains("runAsUser: 1000"), note.message());
        assertTrue(!note.message().contains("mail-1"), "the same for each pod: " + note.message());
    }

    @Test
    void of_a_user_that_has_a_name_alone_too() {
        assertTrue(refused(NAMED).orElseThrow().message().contains("is called app"));
    }

    @Test
    void other_reasons_not_to_start_are_none_of_it() {
        assertEquals(Optional.empty(), refused("secret \"login\" not found"));
    }

    private static Optional<Note> refused(String message) {
        Pod pod = PodCache.essence(new PodBuilder()
                .withNewMetadata()
                .withName("mail-1")
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("worker")
                .withNewState()
                .withNewWaiting(message, "CreateContainerConfigError")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build());
        return PodVerdicts.refused(new Fleet(1, 0, List.of(PodCache.pod(pod))));
    }
}
