package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ServerInfoTest {
    @Test
    void redisSaysItsVersion() {
        assertEquals(
                new ServerInfo("redis", "7.0.15"),
                ServerInfo.parse(
                        "# Server\r\nredis_version:7.0.15\r\nredis_git_sha1:00000000\r\nredis_mode:standalone\r\n"));
    }

    @Test
    void valkeySaysItsOwnBesideTheRedisItIsLike() {
        assertEquals(
                new ServerInfo("valkey", "8.0.1"),
                ServerInfo.parse("# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n"));
    }

    @Test
    void anythingElseIsUnknown() {
        assertEquals(ServerInfo.UNKNOWN, ServerInfo.parse(""));
        assertEquals(ServerInfo.UNKNOWN, ServerInfo.parse(":\r\nfoo\r\n"));
    }
}
