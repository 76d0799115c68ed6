package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.framework.Sidekiq;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private static final PoolKey MAIL = new PoolKey("shop", "mail");
    private static final PoolKey IMAGES = new PoolKey("shop", "images");

    private final Readers readers = new Readers();

    ReadersTest() {
        readers.put(MAIL, Sessions.query(new Sidekiq(), "mail"));
        readers.put(IMAGES, Sessions.query(new Sidekiq(), "images"));
    }

    @Test
    void a_queue_wakes_its_pool_and_what_is_shared_wakes_all() {
        assertEquals(Set.of(MAIL), readers.of("queue:mail"));
        assertEquals(Set.of(MAIL, IMAGES), readers.of("schedule"));
        assertEquals(Set.of(), readers.of("a process's hash"));
    }

    @Test
    void a_pool_that_asks_something_else_is_no_longer_woken_by_what_it_asked_before() {
        readers.put(MAIL, Sessions.lists("mail"));
        assertEquals(Set.of(), readers.of("queue:mail"));
        assertEquals(Set.of(MAIL), readers.of("mail"));
        assertEquals(Set.of(IMAGES), readers.timed());
    }

    @Test
    void a_pool_that_is_gone_is_not_woken() {
        readers.remove(MAIL);
        assertEquals(Set.of(IMAGES), readers.of("schedule"));
        assertEquals(Set.of(), readers.keysOf(MAIL));
    }
}
