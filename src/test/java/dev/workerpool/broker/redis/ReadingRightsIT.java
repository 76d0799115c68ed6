package dev.workerpool.broker.redis;

import static dev.workerpool.broker.redis.Sessions.MAIL;
import static dev.workerpool.broker.redis.Sessions.measuring;
import static dev.workerpool.broker.redis.Sessions.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokerClient.Session;
import dev.workerpool.broker.Heard;
import dev.workerpool.framework.BullMq;
import dev.workerpool.framework.Celery;
import dev.workerpool.framework.Framework;
import dev.workerpool.framework.Resque;
import dev.workerpool.framework.Rq;
import dev.workerpool.framework.Sidekiq;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.Workers;
import dev.workerpool.testing.jobs.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rights that docs/frameworks.md names are enough to read every figure of every framework. */
class ReadingRightsIT {
    private static final List<Framework> ALL = List.of(
            new Celery(Optional.empty(), "", Duration.ofHours(1)),
            new Sidekiq(),
            new Rq(),
            new BullMq("bull", "REDIS_URL"),
            new Resque("resque"));

    @Test
    void everythingIsReadByALoginThatMayDoNothingElse() throws Exception {
        try (RedisServer redis = RedisServer.plain();
                RedisBroker broker = Loopback.broker()) {
            redis.cli(Stream.concat(
                            Stream.of("ACL", "SETUSER", "meter", "on", ">pw", "resetchannels", "~*"), documented())
                    .toArray(String[]::new));
            // Something in each key that asks for more to be read.
            redis.cli("LPUSH", "queue:mail", "{}");
            redis.cli("SADD", "processes", "mail-0:1:a");
            redis.cli("RPUSH", "rq:queue:mail", "1");
            redis.cli("LPUSH", "bull:mail:wait", "1");
            redis.cli("SADD", "resque:workers", "mail-0:1:mail");
            redis.cli("HSET", "unacked", "tag", "[{}, \"\", \"mail\"]");
            for (Framework framework : ALL) {
                Heard heard = new Heard();
                try (Session session =
                        measuring(broker, Dialling.plainly(redis).as("meter", "pw"), heard, query(framework, "mail"))) {
                    Measured measured =
                            heard.measured(MAIL, any -> !(any.workers() instanceof Workers.Untold) && session != null);
                    QueueReading queue = measured.queues().getFirst();
                    assertEquals(
                            List.of(),
                            Stream.of(queue.waiting(), queue.held(), queue.due(), queue.paused())
                                    .filter(figure -> !figure.known())
                                    .toList());
                    assertTrue(
                            !(measured.workers() instanceof Workers.Counted counted)
                                    || counted.running().equals(Figure.of(0)),
                            () -> measured.workers().toString());
                }
            }
        }
    }

    /** The words of the page that grant a command or a channel. */
    private static Stream<String> documented() throws Exception {
        String page = Files.readString(Path.of("docs/frameworks.md"));
        String rights = page.substring(page.indexOf("an ACL of"), page.indexOf("## Celery"));
        return Arrays.stream(rights.split("[\\s`]+")).filter(word -> word.matches("[+&][a-z/].*"));
    }
}
