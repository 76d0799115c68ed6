package dev.workerpool.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.broker.DataSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerInfoTest {
    private static final String RUN = "330b17116e2cd0000000000000000000000000aa";
    private static final String HISTORY = "4c14f37efe358fb20000000000000000000000bb";
    private static final String BEFORE = "ad324ee5fce89ffd0000000000000000000000cc";
    private static final String NONE = "0".repeat(40);

    @Test
    void redisSaysItsVersion() {
        assertEquals(
                new ServerInfo("redis", "7.0.15", DataSet.UNTOLD),
                ServerInfo.parse(
                        "# Server\r\nredis_version:7.0.15\r\nredis_git_sha1:00000000\r\nredis_mode:standalone\r\n",
                        ""));
    }

    @Test
    void valkeySaysItsOwnBesideTheRedisItIsLike() {
        assertEquals(
                new ServerInfo("valkey", "8.0.1", DataSet.UNTOLD),
                ServerInfo.parse(
                        "# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n", ""));
    }

    @Test
    void anythingElseIsUnknown() {
        ServerInfo unknown = new ServerInfo("redis", "unknown", DataSet.UNTOLD);
        assertEquals(unknown, ServerInfo.parse("", ""));
        assertEquals(unknown, ServerInfo.parse(":\r\nfoo\r\n", "role\r\n"));
    }

    @Test
    void a_promoted_replica_says_whose_history_it_went_on_from() {
        assertEquals(
                new DataSet(Set.of("run " + RUN, "replication " + HISTORY), Set.of("replication " + BEFORE), false),
                data("role:master\r\nmaster_replid:%s\r\nmaster_replid2:%s\r\n".formatted(HISTORY, BEFORE)));
    }

    @Test
    void zeros_are_no_history_and_a_replica_that_takes_no_writes_is_told() {
        assertEquals(
                new DataSet(Set.of("run " + RUN, "replication " + BEFORE), Set.of(), true),
                data("role:slave\r\nslave_read_only:1\r\nmaster_replid:%s\r\nmaster_replid2:%s\r\n"
                        .formatted(BEFORE, NONE)));
    }

    private static DataSet data(String replication) {
        return ServerInfo.parse("# Server\r\nrun_id:" + RUN + "\r\n", "# Replication\r\n" + replication)
                .data();
    }
}
