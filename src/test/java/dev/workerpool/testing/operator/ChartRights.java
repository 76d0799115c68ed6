package dev.workerpool.testing.operator;

import dev.workerpool.testing.kube.AuditEntry;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the chart lets the operator do, and which of it was never used: each as {@code verb resource}. */
public final class ChartRights {
    private ChartRights() {}

    /** @param files of the chart, with rules */
    public static Set<String> leftOver(List<AuditEntry> asked, String... files) {
        Set<String> granted = new TreeSet<>();
        for (String file : files) {
            for (PolicyRule rule : rules(Path.of("helm/workerpool-operator/files", file))) {
                rule.getVerbs()
                        .forEach(verb -> rule.getResources().forEach(resource -> granted.add(verb + " " + resource)));
            }
        }
        granted.removeAll(asked.stream().map(ChartRights::used).collect(Collectors.toSet()));
        return granted;
    }

    public static List<AuditEntry> forbidden(List<AuditEntry> asked) {
        return asked.stream().filter(entry -> entry.code() == 403).toList();
    }

    private static PolicyRule[] rules(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), PolicyRule[].class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String used(AuditEntry entry) {
        String subresource = entry.target().subresource();
        return entry.verb() + " " + entry.target().resource() + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
