package dev.workerpool.broker.redis;

import dev.workerpool.broker.Probe.Answered;
import java.util.Map;
import java.util.stream.Collectors;

/** What INFO server says. Valkey reports the Redis it is compatible with beside its own version. */
record ServerInfo(String product, String version) {
    static final ServerInfo UNKNOWN = new ServerInfo("redis", "unknown");

    static ServerInfo parse(String info) {
        Map<String, String> lines = fields(info);
        String valkey = lines.get("valkey_version");
        return valkey != null
                ? new ServerInfo("valkey", valkey)
                : new ServerInfo("redis", lines.getOrDefault("redis_version", UNKNOWN.version()));
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

    Answered answered(Connector over) {
        return new Answered(product, version, over.tlsProtocol(), over.chain());
    }
}
