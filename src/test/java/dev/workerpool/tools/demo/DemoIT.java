package dev.workerpool.tools.demo;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on the real control plane: one of its own, and one that is somebody else's. */
@RealControlPlane
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void aPoolWakesDoesAllItsJobsAndSleepsAgain() throws Exception {
        try (ADemo demo = ADemo.start(folder, "--api=real", "--for=75s")) {
            demo.mustServeItsPage();
            demo.mustEndWell();
            assertTrue(demo.output().contains("mail 0→1→0"), demo::output);
            assertTrue(demo.output().contains("sidekiq 0→6"), demo::output);
            assertTrue(demo.output().contains("Trusted=True: TLSv1.3, self-signed by"), demo::output);
        }
    }

    @Test
    void inAClusterOfSomebodyElsesItLeavesNothing(ControlPlane cluster) throws Exception {
        try (ADemo demo = ADemo.start(folder, "--kubeconfig=" + cluster.adminKubeconfig(), "--for=10s")) {
            demo.mustServeItsPage();
            demo.mustEndWell();
            assertTrue(demo.output().contains("sidekiq 0→6"), demo::output);
        }
        assertNull(cluster.admin().namespaces().withName(Premises.NAMESPACE).get());
        assertTrue(
                cluster.kubectl("get", "crds").out().contains("workerpools.workerpool.dev"),
                "what was there before stays");
    }
}
