package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyLimitTest {
    private static final String MARK = "$%d\r\n%s\r\n".formatted(ReplyLimit.LEFT_OUT.length(), ReplyLimit.LEFT_OUT);
    private static final String LARGE = "x".repeat(ReplyLimit.LARGEST);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 1_000_000})
    void whatIsOfOrdinarySizeComesAsItWasHoweverItIsCut(int piece) {
        String replies =
                "+OK\r\n:42\r\n-WRONGTYPE not that\r\n$-1\r\n$0\r\n\r\n$5\r\na\r\nbc\r\n*3\r\n:1\r\n$2\r\n$9\r\n*-1\r\n"
                        + "%1\r\n+a\r\n#t\r\n=7\r\ntxt:abc\r\n!3\r\nERR\r\n_\r\n" + bulk("y".repeat(5000));

        assertEquals(replies, through(new EmbeddedChannel(new ReplyLimit()), replies, piece));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4096, 1_000_000})
    void whatIsTooLargeIsMarkedAndTheRestKeepsItsPlace(int piece) {
        String replies = "*3\r\n:1\r\n" + bulk(LARGE + "x") + bulk("small") + bulk(LARGE) + "+PONG\r\n";

        assertEquals(
                "*3\r\n:1\r\n" + MARK + bulk("small") + bulk(LARGE) + "+PONG\r\n",
                through(new EmbeddedChannel(new ReplyLimit()), replies, piece));
    }

    @Test
    void manyLargeOnesOfOneBatchAreTooMuchAndTheNextBatchBeginsAnew() {
        EmbeddedChannel channel = new EmbeddedChannel(new ReplyLimit());
        int fit = ReplyLimit.LARGEST_BATCH / ReplyLimit.LARGEST;

        assertEquals(
                bulk(LARGE).repeat(fit) + MARK + bulk("name") + ":7\r\n",
                through(channel, bulk(LARGE).repeat(fit + 1) + bulk("name") + ":7\r\n", 65536));
        channel.flush();
        assertEquals(bulk(LARGE), through(channel, bulk(LARGE), 65536));
    }

    private static String bulk(String text) {
        return "$%d\r\n%s\r\n".formatted(text.length(), text);
    }

    private static String through(EmbeddedChannel channel, String replies, int piece) {
        byte[] bytes = replies.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from += piece) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, from, Math.min(piece, bytes.length - from)));
        }
        StringBuilder out = new StringBuilder();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            out.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return out.toString();
    }
}
