package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe.Cause;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Failures failures = new Failures(() -> new Endpoint("redis.example.com", 6379, 0, false));

    @Test
    void a_connection_that_ends_as_soon_as_it_is_made_was_closed_by_the_server() {
        assertEquals(Cause.TlsRequired, cause(new RedisException("Connection is closed")));
        assertEquals(Cause.TlsRequired, cause(new RedisException("Connection closed")));
        assertEquals(Cause.TlsRequired, cause(new RedisException("Currently not connected. Commands are rejected.")));
        assertEquals(Cause.TlsRequired, cause(new RedisConnectionException("Connection closed prematurely")));
    }

    @Test
    void what_nobody_knows_keeps_its_name_and_quotes_nothing() {
        Throwable unknown = new RedisException("secret");
        assertEquals(
                "the connection to redis.example.com:6379 failed: RedisException",
                failures.explain(new ExecutionException(unknown)).message());
    }

    private Cause cause(Throwable failure) {
        return failures.explain(new ExecutionException(failure)).cause();
    }
}
