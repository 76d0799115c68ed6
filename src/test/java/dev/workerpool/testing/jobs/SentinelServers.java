package dev.workerpool.testing.jobs;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A master, a replica and three sentinels: all real, all on loopback. */
public final class SentinelServers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisServer first;
    private final RedisServer second;
    private final List<SentinelServer> sentinels;

    private SentinelServers(RedisServer first, RedisServer second, List<SentinelServer> sentinels) {
        this.first = first;
        this.second = second;
        this.sentinels = List.copyOf(sentinels);
    }

    public static SentinelServers plain() {
        return start(RedisOptions.plain(), RedisOptions.plain());
    }

    public static SentinelServers start(RedisOptions servers, RedisOptions sentinels) {
        RedisOptions all = servers.withLine("replica-announce-ip localhost")
                .withLine("repl-diskless-sync-delay 0")
                .withLine("repl-ping-replica-period 1");
        if (servers.presents().isPresent()) {
            all = all.withLine("tls-replication yes");
        }
        RedisServer first = RedisServer.start(all);
        RedisServer second = RedisServer.start(all);
        // Its login must be known before it is first asked to follow.
        first.login().ifPresent(login -> {
            first.cli("CONFIG", "SET", "masteruser", login.user());
            first.cli("CONFIG", "SET", "masterauth", login.password());
        });
        second.replicate(first);
        List<SentinelServer> watching = Stream.of(1, 2, 3)
                .map(one -> SentinelServer.watching(first, sentinels, "localhost", 2))
                .toList();
        SentinelServers made = new SentinelServers(first, second, watching);
        made.awaitReady();
        return made;
    }

    /** The master at first. */
    public RedisServer first() {
        return first;
    }

    /** Its replica at first. */
    public RedisServer second() {
        return second;
    }

    public List<SentinelServer> sentinels() {
        return sentinels;
    }

    /** Waits until all sentinels name this server. */
    public void awaitMaster(RedisServer master) {
        await("the sentinels to agree")
                .atMost(PATIENCE)
                .until(() -> sentinels.stream()
                        .allMatch(sentinel -> sentinel.cli("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SentinelServer.MASTER)
                                .endsWith("\n" + master.port())));
    }

    private void awaitReady() {
        await("the replica")
                .atMost(PATIENCE)
                .until(() -> second.cli("INFO", "replication").contains("master_link_status:up"));
        await("the sentinels to know each other")
                .atMost(PATIENCE)
                .until(() -> sentinels.stream().allMatch(sentinel -> {
                    String master = sentinel.cli("SENTINEL", "MASTER", SentinelServer.MASTER);
                    return master.contains("num-slaves\n1\n") && master.contains("num-other-sentinels\n2\n");
                }));
    }

    @Override
    public void close() {
        sentinels.forEach(SentinelServer::close);
        second.close();
        first.close();
    }
}
