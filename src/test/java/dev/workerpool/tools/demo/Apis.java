package dev.workerpool.tools.demo;

import dev.workerpool.testing.kube.ControlPlane;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Starts the Kubernetes API that was asked for, or the truest that this machine can run. */
record Apis(Path folder, Consumer<String> say) {

    Api start(ApiChoice choice) {
        return switch (choice) {
            case mock -> MockApi.start(folder);
            case real -> real(ControlPlane.readiness());
            case auto -> {
                ControlPlane.Readiness readiness = ControlPlane.readiness();
                if (readiness == ControlPlane.Readiness.MISSING) {
                    say.accept("neither the control plane's programs nor Go, which would build them, are here");
                    yield MockApi.start(folder);
                }
                yield real(readiness);
            }
        };
    }

    private Api real(ControlPlane.Readiness readiness) {
        if (readiness == ControlPlane.Readiness.TO_BE_BUILT) {
            say.accept(
                    "Go builds its programs first: some ten minutes, once. `./workerpool demo --api mock` starts at once.");
        }
        return RealApi.start();
    }
}
