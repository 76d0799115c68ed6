package dev.workerpool.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUriTest {
    @Test
    void a_host_is_enough() {
        assertEquals(new Endpoint("redis.example", 6379, 0, false), endpoint("redis://redis.example"));
    }

    @Test
    void port_database_and_tls_are_taken_from_it() {
        assertEquals(new Endpoint("redis.example", 6380, 3, true), endpoint("rediss://redis.example:6380/3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amqp://h | / | 5672 | false",
                "amqps://h/ | / | 5671 | true",
                "amqp://h// | / | 5672 | false",
                "amqp://h:1/%2F | / | 1 | false",
                "amqps://u:p@h/team%2Fa%20b?heartbeat=3 | team/a b | 5671 | true",
                "amqp://h/a+b | a+b | 5672 | false",
            })
    void of_a_RabbitMQ_the_path_is_its_virtual_host(String url, String virtualHost, int port, boolean tls) {
        assertEquals(new Endpoint("h", port, 0, tls, Optional.of(virtualHost)), endpoint(url));
        assertEquals(Protocol.AMQP, endpoint(url).protocol());
    }

    @Test
    void an_IPv6_address_is_written_in_brackets() {
        Endpoint endpoint = endpoint("redis://[::1]:7000");
        assertEquals("::1", endpoint.host());
        assertEquals("[::1]:7000", endpoint.hostAndPort());
    }

    @Test
    void white_space_around_it_is_none_of_it() {
        assertEquals(new Endpoint("h", 6379, 0, false), endpoint(" redis://h\n"));
    }

    @Test
    void a_password_needs_no_user() {
        assertEquals(Optional.of(new Login(Optional.empty(), "s3cret")), login("redis://:s3cret@h"));
    }

    @ParameterizedTest
    @CsvSource({"p%40ss%2Fw%3Ard, p@ss/w:rd", "a+b, a+b", "a%20b, a b", "a:b, a:b", "%C3%A9, é"})
    void a_password_is_percent_decoded_and_a_plus_stays_a_plus(String raw, String password) {
        assertEquals(Optional.of(new Login(Optional.of("me"), password)), login("redis://me:" + raw + "@h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://worker@h", "redis://worker:@h"})
    void a_user_without_a_password_is_named_but_is_no_login(String url) {
        BrokerUri.Parsed parsed = parsed(url);
        assertEquals(Optional.of("worker"), parsed.username());
        assertEquals(Optional.empty(), parsed.login());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h | must start with redis://, rediss://, amqp:// or amqps://",
                "hunter2 | must start with redis://, rediss://, amqp:// or amqps://",
                "redis:// | malformed at character 9",
                "redis://me:hunter2@ | names no host",
                "redis://me:hunt@er2@h | names no host, or its host is malformed; special characters in a user name",
                "redis://me:hunter2%@h | malformed at character 19; special characters in a user name or password",
                "redis://me:hunt er2@h | malformed at character 16",
                "redis://me:hunter2@h:0 | between 1 and 65535",
                "redis://me:hunter2@h:65536 | between 1 and 65535",
                "redis://me:hunter2@h:99999999999 | host is malformed",
                "redis://me:hunter2@h/jobs | must be a database index, such as /0",
                "redis://me:123#hunter2@h | a # or an @ where none belongs; special characters in a user name or password",
                "redis://hunter2#@h | a # or an @ where none belongs",
                "redis://me:123?hunter2@h/0 | a # or an @ where none belongs",
                "redis://me:123/hunter2@h | must be a database index, such as /0",
                "redis://me:hunter2@h/-1 | must be a database index, such as /0",
                "amqp://me:hunter2@h/a/b | must be one virtual host: write a / in its name as %2F",
                "amqps://me:123/hunter2@h | a # or an @ where none belongs",
                "amqp://me:123#hunter2@h | a # or an @ where none belongs",
            })
    void says_what_is_wrong_and_never_quotes_it(String url, String why) {
        String said = assertInstanceOf(BrokerUri.Malformed.class, BrokerUri.parse(url))
                .why();
        assertTrue(said.contains(why), said);
        assertFalse(said.contains("hunt") || said.contains("er2"), said);
    }

    @Test
    void nothing_that_holds_a_password_prints_it() {
        BrokerUri.Parsed parsed = parsed("redis://me:hunter2@h");
        Connection connection = new Connection(parsed.endpoint(), parsed.login(), java.util.List.of());
        assertFalse((parsed + " " + connection).contains("hunter2"));
    }

    private static BrokerUri.Parsed parsed(String url) {
        return assertInstanceOf(BrokerUri.Parsed.class, BrokerUri.parse(url));
    }

    private static Endpoint endpoint(String url) {
        return parsed(url).endpoint();
    }

    private static Optional<Login> login(String url) {
        return parsed(url).login();
    }
}
