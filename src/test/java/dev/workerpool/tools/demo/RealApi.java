package dev.workerpool.tools.demo;

import dev.workerpool.testing.kube.ControlPlane;
import java.nio.file.Path;

/** The control plane of the tests: kube-apiserver, controller manager, scheduler, etcd, and a node that KWOK plays. */
record RealApi(ControlPlane controlPlane, String version) implements Api {

    static RealApi start() {
        ControlPlane started = ControlPlane.start();
        return new RealApi(started, started.admin().getKubernetesVersion().getGitVersion());
    }

    @Override
    public String told() {
        return version + " (kube-apiserver, controller-manager, scheduler, etcd; KWOK plays the node)";
    }

    @Override
    public Path kubeconfig() {
        return controlPlane.adminKubeconfig();
    }

    @Override
    public boolean outlives() {
        return false;
    }

    @Override
    public void close() {
        controlPlane.closeAndForget();
    }
}
