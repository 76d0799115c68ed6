package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.signing.Attack;
import dev.workerpool.testing.signing.Attacked;
import dev.workerpool.testing.signing.Attacks;
import dev.workerpool.testing.signing.CeleryVersion;
import dev.workerpool.testing.signing.SigningMatrix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What somebody with a connection to the broker can do to a worker, where tasks are signed and where they are not. The
 * table of {@code docs/signing-matrix.md} must say the same; {@code -Dsigning.update} writes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CelerySigningIT {
    private final Map<String, Map<String, String>> seen = new LinkedHashMap<>();

    enum Column {
        NOTHING_MOUNTED("Celery 5.7.0, nothing mounted", CeleryVersion.V5_7_0, false),
        SIGNED_5_2("5.2.7, signed", CeleryVersion.V5_2_7, true),
        SIGNED_5_5("5.5.3, signed", CeleryVersion.V5_5_3, true),
        SIGNED_5_7("5.7.0, signed", CeleryVersion.V5_7_0, true);

        private final String title;
        private final CeleryVersion celery;
        private final boolean signed;

        Column(String title, CeleryVersion celery, boolean signed) {
            this.title = title;
            this.celery = celery;
            this.signed = signed;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttackDoesWhatTheTableSays(Column column, @TempDir Path folder, @TempDir Path strangers) {
        Map<String, String> cells = new LinkedHashMap<>();
        try (RedisServer broker = RedisServer.plain();
                Attacked scene = new Attacked(broker, column.celery, column.signed, folder, strangers)) {
            for (Attack attack : Attacks.ALL) {
                cells.put(attack.title(), attack.deed().apply(scene));
            }
        }
        seen.put(column.title, cells);
        assertAll(Attacks.ALL.stream()
                .map(attack ->
                        () -> assertEquals(attack.expected(column.signed), cells.get(attack.title()), attack.title())));
    }

    @AfterAll
    void theTableSaysSo() {
        List<String> table = SigningMatrix.table(seen);
        table.forEach(System.out::println);
        if (System.getProperty("signing.update") != null) {
            SigningMatrix.update(table);
        }
        if (seen.size() == Column.values().length) {
            assertEquals(table, SigningMatrix.written(), "run with -Dsigning.update, and look at what changed");
        }
    }
}
