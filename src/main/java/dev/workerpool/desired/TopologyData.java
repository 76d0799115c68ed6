package dev.workerpool.desired;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.Topology;
import dev.workerpool.tls.Certificates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a connection's Secret holds of a broker that is more than one address: nothing where it is one. */
final class TopologyData {
    private static final String TOPOLOGY = "topology";
    private static final String SENTINEL = "sentinel";
    private static final String CLUSTER = "cluster";
    private static final String MASTER = "sentinel-master";
    private static final String ADDRESSES = "sentinel-addresses";
    private static final String USERNAME = "sentinel-username";
    private static final String PASSWORD = "sentinel-password";
    private static final String ROOTS = "sentinel-ca.crt";

    private TopologyData() {}

    static Map<String, String> of(Topology topology) {
        return switch (topology) {
            case Topology.Standalone one -> Map.of();
            case Topology.Cluster cluster -> Map.of(TOPOLOGY, CLUSTER);
            case Topology.Sentinel sentinel -> of(sentinel);
        };
    }

    private static Map<String, String> of(Topology.Sentinel sentinel) {
        Map<String, String> data = new TreeMap<>();
        data.put(TOPOLOGY, SENTINEL);
        data.put(MASTER, sentinel.master());
        data.put(ADDRESSES, sentinel.at().stream().map(Endpoint::hostAndPort).collect(Collectors.joining(",")));
        sentinel.login().ifPresent(login -> {
            login.username().ifPresent(username -> data.put(USERNAME, username));
            data.put(PASSWORD, login.password());
        });
        if (sentinel.at().getFirst().tls()) {
            data.put(ROOTS, Certificates.pem(sentinel.roots()));
        }
        return data;
    }

    static Topology read(Map<String, String> data) {
        return switch (data.getOrDefault(TOPOLOGY, "")) {
            case SENTINEL -> sentinel(data);
            case CLUSTER -> new Topology.Cluster();
            default -> new Topology.Standalone();
        };
    }

    private static Topology sentinel(Map<String, String> data) {
        Optional<String> roots = Optional.ofNullable(data.get(ROOTS));
        List<Endpoint> at = Stream.of(data.getOrDefault(ADDRESSES, "").split(",", -1))
                .map(address -> Endpoint.at(address, roots.isPresent()))
                .toList();
        return new Topology.Sentinel(
                data.getOrDefault(MASTER, ""),
                at,
                Optional.ofNullable(data.get(PASSWORD))
                        .map(password -> new Login(Optional.ofNullable(data.get(USERNAME)), password)),
                roots.map(pem -> Certificates.parse(pem).certificates()).orElseGet(List::of));
    }
}
