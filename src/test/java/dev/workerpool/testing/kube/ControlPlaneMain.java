package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.OutputStream;

/** Runs the tests' control plane for a person, until standard input ends or the process does. */
public final class ControlPlaneMain {

    private ControlPlaneMain() {}

    public static void main(String[] arguments) throws IOException {
        try (ControlPlane controlPlane = ControlPlane.start()) {
            System.out.println("export KUBECONFIG=" + controlPlane.adminKubeconfig());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
