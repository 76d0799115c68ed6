package dev.workerpool.testing.jobs;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three masters and a replica of the first, all real, all on loopback. */
public final class RedisCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SLOTS = 16384;

    private final List<RedisServer> masters = new ArrayList<>();
    private final RedisServer replica;

    private RedisCluster(RedisOptions options) {
        for (int i = 0; i < 3; i++) {
            masters.add(member(options));
        }
        replica = member(options);
    }

    private void form() {
        for (int i = 0; i < 3; i++) {
            RedisServer master = masters.get(i);
            master.cli("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            master.cli(
                    "CLUSTER",
                    "ADDSLOTSRANGE",
                    Integer.toString(SLOTS * i / 3),
                    Integer.toString(SLOTS * (i + 1) / 3 - 1));
        }
        masters.subList(1, 3).forEach(this::meet);
        meet(replica);
        await("the cluster").atMost(PATIENCE).until(() -> all().stream().allMatch(RedisCluster::isWhole));
        replica.cli("CLUSTER", "REPLICATE", masters.getFirst().cli("CLUSTER", "MYID"));
        await("the replica")
                .atMost(PATIENCE)
                .until(() -> replica.cli("INFO", "replication").contains("master_link_status:up"));
        await("the replica to be known")
                .atMost(PATIENCE)
                .until(() -> masters.getLast().cli("CLUSTER", "SLOTS").contains("\n" + replica.port() + "\n"));
    }

    public static RedisCluster start(RedisOptions options) {
        RedisCluster made = new RedisCluster(options);
        try {
            made.form();
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    public static RedisCluster plain() {
        return start(RedisOptions.plain());
    }

    private static RedisServer member(RedisOptions options) {
        RedisOptions all = options.withLine("cluster-enabled yes")
                // Its usual place, 10,000 above the port, may be no port at all.
                .withLine("cluster-port " + FreePort.next())
                .withLine("cluster-node-timeout 5000")
                .withLine("cluster-announce-hostname localhost")
                .withLine("cluster-preferred-endpoint-type hostname")
                .withLine("repl-diskless-sync-delay 0");
        if (options.presents().isPresent()) {
            all = all.withLine("tls-cluster yes").withLine("tls-replication yes");
        }
        if (options.login().isPresent()) {
            all = all.withLine("masteruser " + options.login().get().user())
                    .withLine("masterauth " + options.login().get().password());
        }
        return RedisServer.start(all);
    }

    private void meet(RedisServer other) {
        String bus = other.cli("CONFIG", "GET", "cluster-port").lines().toList().getLast();
        masters.getFirst().cli("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()), bus);
    }

    private static boolean isWhole(RedisServer member) {
        String info = member.cli("CLUSTER", "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:4");
    }

    public List<RedisServer> masters() {
        return List.copyOf(masters);
    }

    /** Of the first master. */
    public RedisServer replica() {
        return replica;
    }

    private List<RedisServer> all() {
        List<RedisServer> all = new ArrayList<>(masters);
        all.add(replica);
        return all;
    }

    /** One command by redis-cli, which finds the master of the key by itself, from the last of them. */
    public String cli(String... command) {
        List<String> words = new ArrayList<>(List.of("-c"));
        words.addAll(List.of(command));
        return masters.getLast().cli(words.toArray(String[]::new));
    }

    /** The master that holds a key at the beginning. */
    public RedisServer holding(String key) {
        int slot = slot(key);
        return masters.get((int) Math.min(2, (slot * 3L + 2) / SLOTS));
    }

    public int slot(String key) {
        return Integer.parseInt(masters.getFirst().cli("CLUSTER", "KEYSLOT", key));
    }

    @Override
    public void close() {
        all().forEach(RedisServer::close);
    }
}
