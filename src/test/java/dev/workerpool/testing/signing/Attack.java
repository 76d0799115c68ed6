package dev.workerpool.testing.signing;

import java.util.function.Function;

/**
 * One row of {@code docs/signing-matrix.md}.
 *
 * @param title what it is called there
 * @param without what comes of it where nothing is mounted
 * @param with what comes of it where tasks are signed
 * @param deed does it, and says what came of it
 */
public record Attack(String title, String without, String with, Function<Attacked, String> deed) {
    static Attack refused(String title, String reason, Function<Attacked, String> deed) {
        return new Attack(title, "runs", "refused: " + reason, deed);
    }

    static Attack legitimate(String title, Function<Attacked, String> deed) {
        return new Attack(title, "runs", "runs", deed);
    }

    /** What signing does not change. */
    static Attack open(String title, String outcome, Function<Attacked, String> deed) {
        return new Attack(title, outcome, outcome, deed);
    }

    public String expected(boolean signed) {
        return signed ? with : without;
    }
}
