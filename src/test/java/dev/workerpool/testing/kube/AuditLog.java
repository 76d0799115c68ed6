package dev.workerpool.testing.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The API server's own record of every request, read from a mark on, so that its length does not matter. */
public final class AuditLog {

    private static final String BARRIER = "/version?barrier=";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String url;
    private final Endpoint endpoint;

    AuditLog(Path file, String url, Endpoint endpoint) {
        this.file = file;
        this.url = url;
        this.endpoint = endpoint;
    }

    /** A position in the log: all that was answered before it was taken lies before it. */
    public record Mark(long offset) {}

    public Mark mark() {
        return new Mark(reachBarrier(size()));
    }

    /** The requests answered since the mark and until now, in the order in which they were answered. */
    public List<AuditEntry> since(Mark mark) {
        reachBarrier(mark.offset());
        try (Stream<String> lines = linesFrom(mark.offset())) {
            return lines.filter(line -> line.endsWith("}") && !line.contains(BARRIER))
                    .map(AuditLog::parse)
                    .filter(AuditLog::countsOnce)
                    .map(AuditEntry::of)
                    .toList();
        }
    }

    /**
     * The server logs a request just after it has answered it: asks for something recognisable and waits until that is in the log.
     */
    private long reachBarrier(long from) {
        String path = BARRIER + UUID.randomUUID();
        if (!endpoint.isOk(url + path)) {
            throw new IllegalStateException("the API server does not answer: its audit log has no defined end");
        }
        Waiting.until("the audit log's barrier", Duration.ofSeconds(10), () -> contains(from, path), () -> {});
        return size();
    }

    private boolean contains(long from, String text) {
        try (Stream<String> lines = linesFrom(from)) {
            return lines.anyMatch(line -> line.contains(text) && line.endsWith("}"));
        }
    }

    /** A watch is logged when it begins and when it ends; a refused one only then. */
    private static boolean countsOnce(JsonNode event) {
        boolean ended = event.path("stage").asText().equals("ResponseComplete");
        boolean watch = event.path("verb").asText().equals("watch");
        return !(watch && ended && event.path("responseStatus").path("code").asInt() < 400);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("resource") // closing the stream closes the channel
    private Stream<String> linesFrom(long offset) {
        try {
            SeekableByteChannel channel = Files.newByteChannel(file).position(offset);
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            return reader.lines().onClose(() -> close(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
