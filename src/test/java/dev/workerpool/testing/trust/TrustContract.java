package dev.workerpool.testing.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the mounted code of every framework must do: a real job is sent and done, or neither producer nor worker goes on.
 * The column of {@code docs/trust-matrix.md} must say the same; {@code -Dtrust.update} writes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TrustContract {
    private final Map<TrustCase, String> seen = new EnumMap<>(TrustCase.class);

    protected abstract TrustedWorker framework();

    @ParameterizedTest
    @EnumSource
    void aWorkerTakesTheServerForItsBrokerOrRefusesIt(TrustCase trustCase, @TempDir Path files, @TempDir Path seeders) {
        new TrustRound(framework(), trustCase, files, seeders).run();
        seen.put(trustCase, trustCase.connects() ? "connects" : "refused");
    }

    @AfterAll
    void theTableSaysSo() {
        String framework = framework().framework();
        seen.forEach((trustCase, cell) -> System.out.printf("| %s | %s | %s |%n", framework, trustCase.title(), cell));
        if (System.getProperty("trust.update") != null) {
            TrustMatrix.update(framework, seen);
        }
        Map<String, String> written = TrustMatrix.column(framework);
        seen.forEach((trustCase, cell) -> assertEquals(
                cell,
                written.get(trustCase.title()),
                trustCase + ": run with -Dtrust.update, and look at what changed"));
    }
}
