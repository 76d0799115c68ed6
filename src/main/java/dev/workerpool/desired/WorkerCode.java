package dev.workerpool.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Verification;
import dev.workerpool.framework.ConnectionKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The code that is mounted into workers, and what it is to know of this broker. Nothing in it is secret. */
final class WorkerCode {
    private static final List<String> FILES = List.of(
            "python/run.py",
            "python/sitecustomize.py",
            "python/workerpool_trust.py",
            "python/workerpool_signing.py",
            "python/workerpool_messages.py",
            "ruby/run.rb",
            "ruby/workerpool_trust.rb",
            "node/run.cjs",
            "node/workerpool_trust.cjs");

    private WorkerCode() {}

    /** By file name, all in one folder. */
    static Map<String, String> of(Connection connection) {
        Map<String, String> files = files();
        files.put(ConnectionKeys.TRUST_JSON, json(connection, Mounted.IN_WORKERS));
        return files;
    }

    /** The code alone, which does nothing until it is told of a broker. */
    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        FILES.forEach(path -> files.put(path.substring(path.indexOf('/') + 1), resource(path)));
        return files;
    }

    static String json(Connection connection, Mounted where) {
        Verification verification = connection.verification();
        Map<String, Object> trust = new LinkedHashMap<>();
        trust.put("version", 1);
        trust.put(
                "endpoints",
                // In the same order in every process: the Secret is named by its content.
                List.of(new TreeMap<>(Map.of(
                        "host", connection.endpoint().host(),
                        "port", connection.endpoint().port()))));
        trust.put("verify", verification.extent().name());
        verification.serverName().ifPresent(name -> trust.put("serverName", name));
        if (verification.extent() != Verification.Extent.None) {
            trust.put("ca", TrustData.file(verification, where.trust()));
        }
        if (connection.identity().isPresent()) {
            trust.put("certificate", where.certificate());
            trust.put("key", where.key());
        }
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(trust);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text and numbers are always JSON", e);
        }
    }

    private static String resource(String path) {
        try (InputStream file = WorkerCode.class.getResourceAsStream("/worker/" + path)) {
            if (file == null) {
                throw new IllegalStateException("this build lacks worker/" + path);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
