package dev.workerpool.testing.signing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Those who may sign for a pool, with what the operator mounts for each: keys, certificates and signing.json. */
public final class Signers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SEASON = Duration.ofDays(90);

    private final Path folder;
    private final Map<String, Signer> all = new LinkedHashMap<>();

    private record Signer(List<String> tasks, Path file, SigningKey key) {}

    public Signers(Path folder) {
        this.folder = folder;
    }

    /** As {@code client/web} or {@code pool/mail}, with patterns of the tasks it may have run. */
    public Signers with(String name, String... tasks) {
        return with(name, SEASON, tasks);
    }

    /** The same, whose certificate ends so long from now. */
    public Signers with(String name, Duration validFor, String... tasks) {
        return with(name, SigningKey.rsa(validFor), tasks);
    }

    /** The same with a key of the test's choice. */
    public Signers with(String name, SigningKey key, String... tasks) {
        Path file = write("signer-" + name.replace('/', '-') + "-1.crt", key.certificatePem());
        all.put(name, new Signer(List.of(tasks), file, key));
        return this;
    }

    /** The variable for a worker or client that signs by this name and accepts tasks of all. */
    public Map<String, String> variables(String name) {
        return written(name, said(name));
    }

    /** The same for one that takes tasks of these alone. */
    public Map<String, String> variables(String name, List<String> acceptFrom) {
        ObjectNode said = said(name);
        ArrayNode accepted = said.putArray("acceptFrom");
        acceptFrom.forEach(accepted::add);
        return written(name, said);
    }

    /** What signing.json says for it, to be changed. */
    public ObjectNode said(String name) {
        Signer self = all.get(name);
        if (self == null) {
            throw new IllegalArgumentException(name);
        }
        ObjectNode said = JSON.createObjectNode().put("version", 1).put("self", name);
        said.put(
                "key",
                write(name.replace('/', '-') + ".key", self.key().keyPem()).toString());
        said.put("certificate", self.file().toString());
        said.put("store", folder.resolve("signer-*.crt").toString());
        ArrayNode signers = said.putArray("signers");
        all.forEach((each, signer) -> {
            ObjectNode entry = signers.addObject()
                    .put("name", each)
                    .put("file", signer.file().getFileName().toString());
            ArrayNode tasks = entry.putArray("tasks");
            signer.tasks().forEach(tasks::add);
        });
        return said;
    }

    /** Writes it, and names it. */
    public Map<String, String> written(String name, ObjectNode said) {
        Path file = write(name.replace('/', '-') + ".json", said.toPrettyString());
        return Map.of("WORKERPOOL_SIGNING", file.toString());
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
