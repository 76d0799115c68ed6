package dev.workerpool.testing.kube;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Whether tests with cert-manager run. */
final class CertManagerThere implements ExecutionCondition {
    private static final Namespace STORE = Namespace.create(CertManagerThere.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Binaries binaries = context.getStore(StoreScope.LAUNCHER_SESSION, STORE)
                .computeIfAbsent(
                        Binaries.class,
                        key -> Availability.announced(
                                CertManagerBinaries.ofThisMachine().find()),
                        Binaries.class);
        return Availability.of(binaries, System.getenv());
    }
}
