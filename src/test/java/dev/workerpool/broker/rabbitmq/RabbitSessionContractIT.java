package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.BrokerSessionContract;
import dev.workerpool.broker.Connection;
import dev.workerpool.framework.Celery;
import dev.workerpool.framework.Framework;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RabbitOptions;
import dev.workerpool.testing.jobs.RabbitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Over TLS and with a login: what is true there is true on a plain connection. */
class RabbitSessionContractIT extends BrokerSessionContract {
    private static final RabbitBroker BROKER = ToRabbit.broker();
    private static final PrivateCa CA = PrivateCa.create();
    private static RabbitServer rabbit;

    private boolean stopped;

    @BeforeAll
    static void startServer() {
        rabbit = RabbitServer.start(RabbitOptions.tls(CA));
        rabbit.addUser("jobs", "s3cret", "^$", "^$", "^$");
    }

    @AfterAll
    static void closeAll() {
        BROKER.close();
        rabbit.close();
    }

    @AfterEach
    void forgetJobs() {
        if (stopped) {
            startBrokerAgain();
        }
        onChannel(channel -> {
            for (String queue : List.of("mail", "low", "more")) {
                channel.queueDelete(queue);
            }
        });
    }

    @Override
    protected BrokerClient client() {
        return BROKER;
    }

    @Override
    protected Framework framework() {
        return new Celery(Optional.of("tasks"), "", Duration.ofHours(1));
    }

    @Override
    protected Connection connection() {
        return ToRabbit.overTls(rabbit, CA).as("jobs", "s3cret").connection();
    }

    @Override
    protected void enqueue(String list, int jobs) {
        onChannel(channel -> {
            channel.confirmSelect();
            channel.queueDeclare(list, true, false, false, null);
            for (int i = 0; i < jobs; i++) {
                channel.basicPublish("", list, MessageProperties.PERSISTENT_BASIC, new byte[] {'j'});
            }
            channel.waitForConfirmsOrDie(20_000);
        });
    }

    private interface Work {
        void on(Channel channel) throws IOException, InterruptedException, TimeoutException;
    }

    private static void onChannel(Work work) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("localhost");
        factory.setPort(rabbit.port());
        try (com.rabbitmq.client.Connection made = factory.newConnection();
                Channel channel = made.createChannel()) {
            work.on(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void stopBroker() {
        stopped = true;
        rabbit.stop();
    }

    @Override
    protected void startBrokerAgain() {
        rabbit.startAgain();
        stopped = false;
    }
}
