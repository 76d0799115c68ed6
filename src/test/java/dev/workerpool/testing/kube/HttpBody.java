package dev.workerpool.testing.kube;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies of HTTP/1.1 messages, passed on as they come, so that a watch flows. */
final class HttpBody {

    /** How the end of a body is told. */
    sealed interface Framing {}

    record None() implements Framing {}

    record Length(long bytes) implements Framing {}

    record Chunked() implements Framing {}

    record UntilClosed() implements Framing {}

    private HttpBody() {}

    /** Copies the body with its framing to {@code framed} and what it says to {@code content}. */
    static void copy(InputStream in, Framing framing, OutputStream framed, OutputStream content) throws IOException {
        switch (framing) {
            case None none -> {}
            case Length length -> copy(in, length.bytes(), framed, content);
            case Chunked chunked -> copyChunks(in, framed, content);
            case UntilClosed open -> copyUntilClosed(in, framed);
        }
        framed.flush();
    }

    static void copyUntilClosed(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[16_384];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static void copy(InputStream in, long bytes, OutputStream framed, OutputStream content) throws IOException {
        byte[] buffer = new byte[16_384];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("within a body");
            }
            framed.write(buffer, 0, read);
            content.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void copyChunks(InputStream in, OutputStream framed, OutputStream content) throws IOException {
        long size;
        do {
            String line = HttpLine.read(in);
            size = Long.parseLong(line.split(";", -1)[0].strip(), 16);
            framed.write(line.getBytes(StandardCharsets.ISO_8859_1));
            copy(in, size, framed, content);
            copyLine(in, framed);
            framed.flush();
        } while (size > 0);
    }

    /** The line end after a chunk; trailers, which come after the last one, are not used by Kubernetes. */
    private static void copyLine(InputStream in, OutputStream framed) throws IOException {
        framed.write(HttpLine.read(in).getBytes(StandardCharsets.ISO_8859_1));
    }
}
