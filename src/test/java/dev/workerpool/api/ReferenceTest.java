package dev.workerpool.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Path CHECKED_IN = Path.of("docs", "reference.md");

    @Test
    void the_checked_in_reference_is_current() throws IOException {
        String now = Reference.of(Crds.definitions());
        if (System.getProperty("reference.update") != null) {
            Files.writeString(CHECKED_IN, now);
        }
        assertEquals(now, Files.readString(CHECKED_IN), "run: mvn test -Dtest=ReferenceTest -Dreference.update");
    }
}
