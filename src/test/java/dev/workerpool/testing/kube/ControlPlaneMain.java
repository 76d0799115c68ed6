package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.OutputStream;

/** Runs the tests' control plane for a person, until standard input ends or the process does. */
public final class ControlPlaneMain {

    private ControlPlaneMain() {}

    public static void main(String[] arguments) throws IOException {
        switch (BinarySource.ofThisMachine().find()) {
            case Binaries.Missing missing -> {
                System.err.println(missing.line());
                System.exit(1);
            }
            case Binaries.Found found -> {
                try (ControlPlane controlPlane = ControlPlane.start(found)) {
                    System.out.println("export KUBECONFIG=" + controlPlane.adminKubeconfig());
                    System.in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }
}
