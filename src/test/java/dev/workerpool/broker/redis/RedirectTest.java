package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.Endpoint;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedirectTest {
    private static final Endpoint FROM = new Endpoint("here", 7000, 0, true);

    @Test
    void a_key_that_has_moved_and_one_on_its_way_are_told_apart() {
        assertEquals(
                Optional.of(new Redirect(false, new Endpoint("there", 7001, 0, true), "MOVED 3999 there:7001")),
                Redirect.of("MOVED 3999 there:7001", FROM));
        assertEquals(
                Optional.of(new Redirect(true, new Endpoint("fd00::1", 7001, 0, true), "ASK 3999 fd00::1:7001")),
                Redirect.of("ASK 3999 fd00::1:7001", FROM));
    }

    @Test
    void a_host_left_out_is_that_of_who_says_so() {
        assertEquals(
                Optional.of(new Endpoint("here", 7001, 0, true)),
                Redirect.of("MOVED 3999 :7001", FROM).map(Redirect::to));
    }

    @Test
    void nothing_else_is_a_redirect() {
        assertEquals(Optional.empty(), Redirect.of("CLUSTERDOWN The cluster is down", FROM));
        assertEquals(Optional.empty(), Redirect.of("MOVED", FROM));
        assertEquals(Optional.empty(), Redirect.of("ASK 1 nowhere", FROM));
    }
}
