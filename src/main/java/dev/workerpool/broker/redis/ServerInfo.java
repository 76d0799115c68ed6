package dev.workerpool.broker.redis;

import dev.workerpool.broker.DataSet;
import dev.workerpool.broker.Probe.Answered;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What INFO says of a server and of its replication. Valkey reports the Redis it is compatible with beside its own version. */
record ServerInfo(String product, String version, DataSet data) {

    static ServerInfo parse(String server, String replication) {
        Map<String, String> lines = fields(server);
        DataSet data = dataSet(lines, fields(replication));
        String valkey = lines.get("valkey_version");
        return valkey != null
                ? new ServerInfo("valkey", valkey, data)
                : new ServerInfo("redis", lines.getOrDefault("redis_version", "unknown"), data);
    }

    /** Of any section. */
    static Map<String, String> fields(String info) {
        return info.lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
    }

    /** The first of several that hold the data together, with the data of all. */
    ServerInfo and(ServerInfo other) {
        return new ServerInfo(product, version, data.and(other.data));
    }

    /**
     * A run id lasts as long as the process. A replication id is common to a master and its replicas, and who is promoted keeps it as
     * its second one.
     */
    private static DataSet dataSet(Map<String, String> server, Map<String, String> replication) {
        return new DataSet(
                Stream.concat(
                                told("run ", server.get("run_id")),
                                told("replication ", replication.get("master_replid")))
                        .collect(Collectors.toSet()),
                told("replication ", replication.get("master_replid2")).collect(Collectors.toSet()),
                "slave".equals(replication.get("role")) && "1".equals(replication.get("slave_read_only")));
    }

    /** An id of zeros, as of who never was a replica, is none. */
    private static Stream<String> told(String kind, @Nullable String id) {
        return Stream.ofNullable(id)
                .filter(text -> text.matches("[0-9a-f]{40}") && !text.matches("0+"))
                .map(kind::concat);
    }

    Answered answered(Connector over) {
        return new Answered(product, version, over.tlsProtocol(), over.chain(), data);
    }
}
