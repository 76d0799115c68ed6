package dev.workerpool.testing.trust;

import dev.workerpool.testing.kube.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of {@code docs/trust-matrix.md}: a row for each case, a column for each framework. */
final class TrustMatrix {
    private static final Path CHECKED_IN = Checkout.path("docs/trust-matrix.md");
    private static final String FIRST = "What is presented, and told";

    private TrustMatrix() {}

    /** The column of one framework as it is written there, by the cases' titles. */
    static Map<String, String> column(String framework) {
        List<List<String>> rows = rows();
        int column = rows.getFirst().indexOf(framework);
        if (column < 0) {
            return Map.of();
        }
        return rows.stream().skip(2).collect(Collectors.toMap(List::getFirst, row -> row.get(column)));
    }

    /** Writes one framework's column anew; the others' stay. */
    static void update(String framework, Map<TrustCase, String> cells) {
        List<String> frameworks = rows().getFirst().stream().skip(1).collect(Collectors.toCollection(ArrayList::new));
        if (!frameworks.contains(framework)) {
            frameworks.add(framework);
        }
        List<Map<String, String>> columns = frameworks.stream()
                .map(name -> name.equals(framework) ? byTitle(cells) : column(name))
                .toList();
        List<String> lines = new ArrayList<>(text());
        lines.addAll(List.of(
                row(FIRST, frameworks),
                row("---", frameworks.stream().map(name -> "---").toList())));
        for (TrustCase each : TrustCase.values()) {
            lines.add(row(
                    each.title(),
                    columns.stream()
                            .map(column -> column.getOrDefault(each.title(), "not run"))
                            .toList()));
        }
        try {
            Files.write(CHECKED_IN, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> byTitle(Map<TrustCase, String> cells) {
        return cells.entrySet().stream()
                .collect(Collectors.toMap(cell -> cell.getKey().title(), Map.Entry::getValue));
    }

    private static String row(String first, List<String> cells) {
        return Stream.concat(Stream.of(first), cells.stream()).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static List<String> text() {
        return lines().stream().takeWhile(line -> !line.startsWith("|")).toList();
    }

    private static List<List<String>> rows() {
        return lines().stream()
                .filter(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .map(cells -> cells.subList(0, cells.size() - 1))
                .toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(CHECKED_IN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
