package dev.workerpool.testing.signing;

import dev.workerpool.testing.kube.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of {@code docs/signing-matrix.md}: a row for each attack, a column for each version of Celery. */
public final class SigningMatrix {
    private static final Path CHECKED_IN = Checkout.path("docs/signing-matrix.md");

    private SigningMatrix() {}

    /** The table as lines, of columns of cells by title. */
    public static List<String> table(Map<String, Map<String, String>> columns) {
        List<String> lines = new ArrayList<>();
        lines.add(row("What is done, by whom", columns.keySet().stream()));
        lines.add(row("---", columns.keySet().stream().map(column -> "---")));
        for (Attack attack : Attacks.ALL) {
            lines.add(row(
                    attack.title(), columns.values().stream().map(cells -> cells.getOrDefault(attack.title(), "?"))));
        }
        return lines;
    }

    /** The table that is checked in. */
    public static List<String> written() {
        return lines().stream().filter(line -> line.startsWith("|")).toList();
    }

    /** Puts another in its place. */
    public static void update(List<String> table) {
        List<String> all = lines();
        int first = (int) all.stream().takeWhile(line -> !line.startsWith("|")).count();
        Stream<String> after = all.stream().skip(first).dropWhile(line -> line.startsWith("|"));
        try {
            Files.write(
                    CHECKED_IN,
                    Stream.of(all.stream().limit(first), table.stream(), after)
                            .flatMap(lines -> lines)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(String first, Stream<String> cells) {
        return Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(CHECKED_IN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
