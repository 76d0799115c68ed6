package dev.workerpool.testing.kube;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs on a real Kubernetes control plane, started once for all tests. Parameters that it fills:
 *
 * <ul>
 *   <li>{@link ControlPlane}: kubeconfigs, audit log, kubectl, outages;
 *   <li>{@link io.fabric8.kubernetes.client.KubernetesClient}: the administrator's, not to be closed;
 *   <li>{@link TestNamespace}: one of this test's own, with its default service account, deleted afterwards.
 * </ul>
 *
 * Without the programs, and without Go to build them, the tests are skipped with one line that says how to get them; where {@code
 * CI=true} they fail instead.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ControlPlaneExtension.class)
public @interface RealControlPlane {}
