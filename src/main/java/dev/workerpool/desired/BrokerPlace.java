package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerNetwork;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Topology;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a broker's pools and clients find it, as far as a NetworkPolicy can say it.
 *
 * @param ports all on which it listens; empty where some are not known
 * @param blocks of addresses in which it stays; where it is anywhere, none, and no pods either
 * @param settled whether that is so by all connections that somebody has; else there are no blocks and no pods yet
 */
public record BrokerPlace(
        SortedSet<Integer> ports, List<String> blocks, Optional<LabelSelector> pods, boolean settled) {
    public BrokerPlace {
        blocks = List.copyOf(blocks);
    }

    /** Where one connection leads: the servers that it names, and the ports; not all where they name further ones. */
    private record Way(String servers, Set<Integer> ports, boolean known) {}

    /**
     * As all the connections say that are still there: a superseded one goes when nobody has it any more. What people say of addresses holds once
     * there is but one place.
     *
     * @param connections the Secrets with connections of this Broker
     */
    public static BrokerPlace of(Broker broker, Collection<Secret> connections) {
        Optional<BrokerNetwork> said = Optional.ofNullable(broker.getSpec().network());
        List<Way> ways = connections.stream().map(BrokerPlace::way).toList();
        boolean settled = ways.stream().map(Way::servers).distinct().count() == 1 && isOfThisGeneration(broker);
        return new BrokerPlace(
                ports(said, ways),
                settled ? said.map(BrokerNetwork::saidAddresses).orElse(List.of()) : List.of(),
                settled ? said.map(BrokerNetwork::podSelector) : Optional.empty(),
                settled);
    }

    private static SortedSet<Integer> ports(Optional<BrokerNetwork> said, List<Way> ways) {
        SortedSet<Integer> ports =
                new TreeSet<>(said.map(BrokerNetwork::saidPorts).orElse(Set.of()));
        if (ways.isEmpty() || (ports.isEmpty() && !ways.stream().allMatch(Way::known))) {
            return new TreeSet<>();
        }
        ways.forEach(way -> ports.addAll(way.ports()));
        return ports;
    }

    /** What is said of a server to which nobody has gone yet does not hold for where all still are. */
    private static boolean isOfThisGeneration(Broker broker) {
        BrokerStatus status = broker.getStatus();
        return status != null
                && status.moving() == null
                && Objects.equals(
                        status.observedGeneration(), broker.getMetadata().getGeneration());
    }

    private static Way way(Secret connection) {
        Map<String, String> data = BrokerSecrets.decoded(connection);
        Set<Integer> port = Set.of(Integer.parseInt(data.getOrDefault("port", "0")));
        String host = data.getOrDefault("host", "");
        return switch (TopologyData.read(data)) {
            case Topology.Standalone one -> new Way(host, port, true);
            case Topology.Cluster nodes -> new Way(host, port, false);
            case Topology.Sentinel sentinels ->
                new Way(
                        sentinels.at().stream().map(Endpoint::hostAndPort).collect(Collectors.joining(",")),
                        portsOf(sentinels),
                        false);
        };
    }

    /** Those that are known before anybody was asked who is the master. */
    public static Set<Integer> portsOf(Topology.Sentinel sentinels) {
        return sentinels.at().stream().map(Endpoint::port).collect(Collectors.toCollection(TreeSet::new));
    }
}
