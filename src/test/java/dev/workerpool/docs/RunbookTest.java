package dev.workerpool.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Probe;
import dev.workerpool.scaling.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reason that a condition, a decision or an event can have stands in the runbook. */
class RunbookTest {
    private static final Path RUNBOOK = Path.of("docs/operating.md");

    /** Wherever the code writes a reason down, it does so in one of these. */
    private static final List<Pattern> WRITTEN = List.of(
            Pattern.compile(
                    "\\b(?:Note|Invalid|Unresolved|Unresolvable|Trouble|Fault|Refused|Awaited)\\(\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("\\bSaid\\(\\s*Severity\\.\\w+,\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("\\b(?:holds|fails|unknown)\\(\\s*[\\w.]+,\\s*\"([A-Z]\\w+)\""),
            Pattern.compile("\\bString [A-Z_]+ = \"([A-Z][a-z]+(?:[A-Z][a-z]+)+)\""));

    @Test
    void the_runbook_names_every_reason() throws IOException {
        String runbook = Files.readString(RUNBOOK);
        Set<String> missing = new TreeSet<>(reasons());
        missing.removeIf(reason -> runbook.contains("`" + reason + "`"));
        assertEquals(Set.of(), missing);
    }

    /** Else the patterns would have missed the point, and nobody would notice. */
    @Test
    void reasons_are_found_in_the_code() throws IOException {
        assertTrue(reasons().containsAll(List.of("NameConflict", "AsDecided", "ConnectionProven", "SecretNotFound")));
    }

    private static Set<String> reasons() throws IOException {
        Set<String> reasons = Stream.concat(
                        Arrays.stream(Reason.values()).map(Enum::name),
                        Arrays.stream(Probe.Cause.values()).map(Enum::name))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                String code = Files.readString(source);
                WRITTEN.forEach(
                        pattern -> pattern.matcher(code).results().forEach(found -> reasons.add(found.group(1))));
            }
        }
        return reasons;
    }
}
