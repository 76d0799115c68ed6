package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workerpool.scaling.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many messages of each queue are ready, by declaring it passively: that needs no permission, and makes nothing. Used by one thread. A
 * refusal costs the channel, and another is opened.
 */
final class Depths {
    /** So long at most for all queues of a round; at the usual pace of a server nearby this is enough for ten thousand. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private final Connection connection;
    private @Nullable Channel channel;

    Depths(Connection connection) {
        this.connection = connection;
    }

    /**
     * A figure for each queue, if only with why it is unknown.
     *
     * @throws IOException where the server does not answer in time, or the connection is lost
     */
    Map<String, Figure> read(Collection<String> queues) throws IOException {
        Map<String, Figure> ready = new HashMap<>();
        long end = System.nanoTime() + MOST.toNanos();
        for (String queue : queues) {
            ready.put(
                    queue,
                    System.nanoTime() < end
                            ? ready(queue)
                            : new Figure.Unknown("%s was not read: those before it took more than %d s"
                                    .formatted(queue, MOST.toSeconds())));
        }
        return ready;
    }

    private Figure ready(String queue) throws IOException {
        try {
            return Figure.of(channel().queueDeclarePassive(queue).getMessageCount());
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException end
                    && end.getReason() instanceof AMQP.Channel.Close close) {
                return refused(queue, close);
            }
            throw e;
        } catch (IllegalArgumentException e) {
            return new Figure.Unknown("no queue of RabbitMQ has a name of more than 255 bytes: " + queue);
        }
    }

    /** That it is not there is said of a queue whose node is down as well, with other words: that one may hold anything. */
    private static Figure refused(String queue, AMQP.Channel.Close close) {
        if (close.getReplyCode() == AMQP.NOT_FOUND && close.getReplyText().startsWith("NOT_FOUND - no queue ")) {
            return Figure.of(0);
        }
        return new Figure.Unknown(
                switch (close.getReplyCode()) {
                    case AMQP.NOT_FOUND -> queue + ": the node that holds this queue is down";
                    case AMQP.RESOURCE_LOCKED -> queue + " belongs to another connection exclusively";
                    case AMQP.ACCESS_REFUSED -> queue + ": the user may not look at this queue";
                    default -> "%s: RabbitMQ refuses to tell (AMQP code %d)".formatted(queue, close.getReplyCode());
                });
    }

    private Channel channel() throws IOException {
        Channel now = channel;
        if (now == null || !now.isOpen()) {
            now = connection.openChannel().orElseThrow(() -> new IOException("no channel is left"));
            channel = now;
        }
        return now;
    }
}
