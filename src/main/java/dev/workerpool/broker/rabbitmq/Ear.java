package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workerpool.broker.dialling.Hearsay;
import dev.workerpool.framework.Amqp;
import dev.workerpool.scaling.WorkerReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what the workers of one framework publish of themselves: by a queue of the operator's own, which RabbitMQ deletes with the
 * connection. Nothing of the workers' is touched.
 */
final class Ear {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /** While nobody takes them the oldest are dropped: a report is worth nothing once there is another. */
    private static final Map<String, Object> BOUNDED = Map.of("x-max-length", 20_000);

    /** A report has some 300 bytes. */
    private static final int LONGEST = 16_384;

    private final Amqp framework;
    private final Clock clock;
    private final Hearsay heard = new Hearsay();
    private @Nullable Channel channel;
    private long triedAt = System.nanoTime() - TRY_AGAIN.toNanos();
    private volatile String why = "the workers' reports are not heard yet";

    Ear(Amqp framework, Clock clock) {
        this.framework = framework;
        this.clock = clock;
    }

    List<WorkerReport> reports() {
        synchronized (heard) {
            return heard.reports(clock.instant());
        }
    }

    /** Why workers cannot be heard, where they cannot. */
    Optional<String> deafness() {
        return channel != null && channel.isOpen() ? Optional.empty() : Optional.of(why);
    }

    /**
     * Listens on this connection, unless it does already.
     *
     * @throws IOException where the server does not answer in time, or the connection is lost
     */
    void attend(Connection connection) throws IOException {
        boolean listens = channel != null && channel.isOpen();
        if (listens || System.nanoTime() - triedAt < TRY_AGAIN.toNanos()) {
            return;
        }
        triedAt = System.nanoTime();
        Channel made = connection.openChannel().orElseThrow(() -> new IOException("no channel is left"));
        try {
            made.exchangeDeclarePassive(framework.reportExchange());
            String queue = made.queueDeclare("", false, true, true, BOUNDED).getQueue();
            made.queueBind(queue, framework.reportExchange(), framework.reportKey());
            made.basicConsume(queue, true, new Listening(made));
            channel = made;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException end
                    && end.getReason() instanceof AMQP.Channel.Close close) {
                why = refused(close);
            } else {
                throw e;
            }
        }
    }

    /** The next connection is to be listened on at once. */
    void forgetConnection(String reason) {
        channel = null;
        triedAt = System.nanoTime() - TRY_AGAIN.toNanos();
        why = "the workers' reports cannot be heard: " + reason;
    }

    private String refused(AMQP.Channel.Close close) {
        String exchange = framework.reportExchange();
        return switch (close.getReplyCode()) {
            case AMQP.NOT_FOUND ->
                "no worker has reported itself in this virtual host yet: the exchange %s, which workers make when they start, is not there"
                        .formatted(exchange);
            case AMQP.ACCESS_REFUSED ->
                ("the workers' reports cannot be heard: the user lacks permissions; they would be "
                                + "rabbitmqctl set_permissions -p VHOST USER '^amq\\.gen.*' '^amq\\.gen.*' '^(amq\\.gen.*|%s)$'")
                        .formatted(exchange);
            default ->
                "the workers' reports cannot be heard: RabbitMQ refuses it (AMQP code %d)"
                        .formatted(close.getReplyCode());
        };
    }

    private final class Listening extends DefaultConsumer {
        Listening(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            if (body.length > LONGEST) {
                return;
            }
            framework.report(new String(body, StandardCharsets.UTF_8)).ifPresent(report -> {
                synchronized (heard) {
                    heard.hear(report, clock.instant());
                }
            });
        }

        /** The queue was deleted, by people or with its node: another one is made in the next round. */
        @Override
        public void handleCancel(String tag) throws IOException {
            getChannel().abort();
        }
    }
}
