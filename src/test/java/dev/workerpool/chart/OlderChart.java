package dev.workerpool.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The chart as one of an earlier version would be: another number, and CRDs that lack a field which came later. */
record OlderChart(Path folder) {
    static final String VERSION = "0.0.9";

    /** @param field an optional one of the spec of a Broker, with nothing below it */
    static OlderChart without(String field, Path folder) throws IOException {
        Path chart = Path.of(ChartValues.CHART);
        try (Stream<Path> files = Files.walk(chart)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(chart.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, older(file.getFileName().toString(), Files.readString(file), field));
            }
        }
        return new OlderChart(folder);
    }

    private static String older(String name, String text, String field) {
        return switch (name) {
            case "Chart.yaml" -> text.replaceAll("(?m)^(version|appVersion): .*$", "$1: " + VERSION);
            case "brokers.workerpool.dev.yaml" -> {
                // Of the field its name, and what stands deeper than that.
                String less = text.replaceFirst("(?m)^( {14})\"?" + field + "\"?:\\n(?:\\1 +.*\\n)+", "");
                if (less.equals(text)) {
                    throw new IllegalArgumentException("a Broker's spec has no " + field);
                }
                yield less;
            }
            default -> text;
        };
    }
}
