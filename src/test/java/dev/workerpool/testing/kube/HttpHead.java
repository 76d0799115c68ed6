package dev.workerpool.testing.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 message (RFC 9112), kept as it came.
 *
 * @param lines the first line and the headers, each with its line end
 */
record HttpHead(List<String> lines) {

    HttpHead {
        lines = List.copyOf(lines);
    }

    /** Empty at the end of the stream. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = HttpLine.read(in); !line.isBlank(); line = HttpLine.read(in)) {
            lines.add(line);
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new HttpHead(lines));
    }

    /** A word of the first line: method, path and version, or version, status and reason. */
    String word(int index) {
        return lines.getFirst().strip().split(" ", -1)[index];
    }

    Optional<String> header(String name) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    HttpBody.Framing requestFraming() {
        return framing(new HttpBody.None());
    }

    HttpBody.Framing responseFraming(String requestMethod) {
        boolean bodiless = requestMethod.equals("HEAD") || status() == 204 || status() == 304 || status() < 200;
        return bodiless ? new HttpBody.None() : framing(new HttpBody.UntilClosed());
    }

    private HttpBody.Framing framing(HttpBody.Framing otherwise) {
        if (header("transfer-encoding")
                .filter(value -> value.equalsIgnoreCase("chunked"))
                .isPresent()) {
            return new HttpBody.Chunked();
        }
        return header("content-length")
                .<HttpBody.Framing>map(length -> new HttpBody.Length(Long.parseLong(length)))
                .orElse(otherwise);
    }

    /** Announces the real answer, as 100 (Continue) does. */
    boolean isInterim() {
        return status() < 200 && status() != 101;
    }

    int status() {
        return Integer.parseInt(word(1));
    }

    void writeTo(OutputStream out) throws IOException {
        out.write((String.join("", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
