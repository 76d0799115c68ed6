package dev.workerpool.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The CRDs under crds/ are what the records say. {@code mvn test -Dtest=CrdsTest -Dcrds.update} writes them. */
class CrdsTest {
    private static final Path CHECKED_IN = Path.of("crds");

    @Test
    void the_checked_in_crds_are_current() throws IOException {
        for (var crd : Crds.generated().entrySet()) {
            Path kept = CHECKED_IN.resolve(crd.getKey());
            if (System.getProperty("crds.update") != null) {
                Files.writeString(kept, crd.getValue());
            }
            assertEquals(crd.getValue(), Files.readString(kept), "run: mvn test -Dtest=CrdsTest -Dcrds.update");
        }
    }
}
