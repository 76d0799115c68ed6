package dev.workerpool.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CRDs under crds/ are what the records say. {@code mvn test -Dtest=CrdsTest -Dcrds.update} writes them. */
class CrdsTest {
    private static final Path CHECKED_IN = Path.of("crds");

    @ParameterizedTest
    @ValueSource(strings = {"brokers", "workerpools"})
    void the_checked_in_crds_are_current(String plural, @TempDir Path generated) throws IOException {
        new CRDGenerator()
                .customResourceClasses(Broker.class, WorkerPool.class)
                .withMinQuotes(true)
                .forCRDVersions("v1")
                .inOutputDir(generated.toFile())
                .detailedGenerate();
        String now = Files.readString(generated.resolve(plural + ".workerpool.dev-v1.yml"));
        Path kept = CHECKED_IN.resolve(plural + ".workerpool.dev.yaml");
        if (System.getProperty("crds.update") != null) {
            Files.writeString(kept, now);
        }
        assertEquals(now, Files.readString(kept), "run: mvn test -Dtest=CrdsTest -Dcrds.update");
    }
}
