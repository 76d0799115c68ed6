package dev.workerpool.testing.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpBodyTest {

    private final ByteArrayOutputStream framed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Test
    void chunksArePassedOnAsTheyCameAndTheirContentIsRead() throws IOException {
        String chunks = "5\r\nhello\r\n6;note=1\r\n world\r\n0\r\n\r\n";
        InputStream in = bytes(chunks + "the next message");
        HttpBody.copy(in, new HttpBody.Chunked(), framed, content);
        assertEquals(chunks, framed.toString(StandardCharsets.US_ASCII));
        assertEquals("hello world", content.toString(StandardCharsets.US_ASCII));
        assertEquals("the next message", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    }

    @Test
    void aBodyThatEndsTooEarlyIsNotTakenForAWholeOne() {
        assertThrows(EOFException.class, () -> HttpBody.copy(bytes("hell"), new HttpBody.Length(5), framed, content));
    }

    @Test
    void anAnswerToHeadHasNoBodyWhateverItsHeadersSay() throws IOException {
        HttpHead head = head("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        assertEquals(new HttpBody.None(), head.responseFraming("HEAD"));
        assertEquals(new HttpBody.Length(5), head.responseFraming("GET"));
    }

    @Test
    void anAnswerWithoutALengthEndsWithItsConnectionAndARequestWithoutOneHasNoBody() throws IOException {
        assertEquals(new HttpBody.UntilClosed(), head("HTTP/1.1 200 OK\r\n\r\n").responseFraming("GET"));
        assertEquals(new HttpBody.None(), head("DELETE /api HTTP/1.1\r\n\r\n").requestFraming());
    }

    @Test
    void theEndOfTheStreamIsNoMessage() throws IOException {
        assertTrue(HttpHead.read(bytes("")).isEmpty());
    }

    private static HttpHead head(String text) throws IOException {
        return HttpHead.read(bytes(text)).orElseThrow();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
