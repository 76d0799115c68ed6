package dev.workerpool.testing.kube;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test starts cert-manager's own controllers, as {@link CertManager}. Without them, and without Go to build them, it is skipped with one
 * line that says how to get them; where {@code CI=true} it fails instead.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CertManagerThere.class)
public @interface RealCertManager {}
