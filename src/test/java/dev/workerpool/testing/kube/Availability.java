package dev.workerpool.testing.kube;

import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Whether tests on the control plane run, are skipped, or fail. */
final class Availability {

    private Availability() {}

    /**
     * @throws IllegalStateException where {@code CI=true} and there are no programs: there, a skipped test would look like a passed one
     */
    static ConditionEvaluationResult of(Binaries binaries, Map<String, String> environment) {
        return switch (binaries) {
            case Binaries.Found found -> ConditionEvaluationResult.enabled("programs in " + found.folder());
            case Binaries.Missing missing -> {
                if ("true".equals(environment.get("CI"))) {
                    throw new IllegalStateException(line(missing));
                }
                yield ConditionEvaluationResult.disabled(line(missing));
            }
        };
    }

    /** Says it once on the console, where the test runner shows only a number of skipped tests. */
    static Binaries announced(Binaries binaries) {
        if (binaries instanceof Binaries.Missing missing) {
            System.err.println(line(missing));
        }
        return binaries;
    }

    private static String line(Binaries.Missing missing) {
        return "No control plane for the tests that need one: " + missing.line();
    }
}
