package dev.workerpool.testing.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one control plane for all tests of this JVM when the first of them asks, and gives each its own namespace. */
final class ControlPlaneExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace STORE = Namespace.create(ControlPlaneExtension.class);
    private static final Set<Class<?>> OFFERED =
            Set.of(ControlPlane.class, KubernetesClient.class, TestNamespace.class);

    /** Made once: where the first test cannot start it, the others do not wait for it again. */
    private sealed interface Attempt extends AutoCloseable {

        @Override
        void close();
    }

    private record Up(ControlPlane controlPlane) implements Attempt {

        @Override
        public void close() {
            controlPlane.close();
        }
    }

    private record Failed(RuntimeException why) implements Attempt {

        @Override
        public void close() {}
    }

    private record UsedNamespace(KubernetesClient client, TestNamespace namespace) implements AutoCloseable {

        @Override
        public void close() {
            client.namespaces().withName(namespace.name()).delete();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Availability.of(binaries(context), System.getenv());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return OFFERED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        ControlPlane controlPlane = controlPlane(context);
        controlPlane.endOutage();
        if (type == ControlPlane.class) {
            return controlPlane;
        }
        return type == KubernetesClient.class ? controlPlane.admin() : namespace(context, controlPlane);
    }

    /** By the context's own id: a store falls back to its parent's, and a test must not get the namespace of its class. */
    private static TestNamespace namespace(ExtensionContext context, ControlPlane controlPlane) {
        KubernetesClient client = controlPlane.admin();
        return context.getStore(STORE)
                .computeIfAbsent(
                        "namespace of " + context.getUniqueId(),
                        key -> new UsedNamespace(client, TestNamespace.create(client)),
                        UsedNamespace.class)
                .namespace();
    }

    private static ControlPlane controlPlane(ExtensionContext context) {
        Attempt attempt = context.getStore(StoreScope.LAUNCHER_SESSION, STORE)
                .computeIfAbsent(Attempt.class, key -> start(binaries(context)), Attempt.class);
        return switch (attempt) {
            case Up up -> up.controlPlane();
            case Failed failed -> throw new IllegalStateException("the control plane did not start", failed.why());
        };
    }

    private static Attempt start(Binaries binaries) {
        try {
            return switch (binaries) {
                case Binaries.Found found -> new Up(ControlPlane.start(found));
                case Binaries.Missing missing -> throw new IllegalStateException(missing.line());
            };
        } catch (RuntimeException e) {
            return new Failed(e);
        }
    }

    private static Binaries binaries(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, STORE)
                .computeIfAbsent(
                        Binaries.class,
                        key -> Availability.announced(
                                BinarySource.ofThisMachine().find()),
                        Binaries.class);
    }
}
