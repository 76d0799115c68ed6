package dev.workerpool.desired;

import static dev.workerpool.desired.WorkerPodTest.settings;
import static dev.workerpool.testing.builders.ABroker.aBroker;
import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Access;
import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerNetwork;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.NetworkPolicyMode;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.testing.builders.ABroker;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The NetworkPolicies, as rendered; {@code mvn test -Dtest=NetworkPoliciesTest -Dgolden.update} writes them. */
class NetworkPoliciesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/network");
    private static final LabelSelector REDIS =
            new LabelSelectorBuilder().addToMatchLabels("app", "redis").build();
    private static final BrokerNetwork PINNED = new BrokerNetwork(null, List.of("10.2.0.0/16"), null, null);
    private static final BrokerNetwork INSIDE = new BrokerNetwork(
            null,
            null,
            REDIS,
            List.of(new NetworkPolicyPeerBuilder()
                    .withNewIpBlock()
                    .withCidr("10.9.0.0/24")
                    .endIpBlock()
                    .build()));
    private static final Topology SENTINELS = new Topology.Sentinel(
            "mymaster", List.of(new Endpoint("sentinel-0", 26379, 0, false)), Optional.empty(), List.of());

    @Test
    void the_policies_are_rendered_as_ever() throws IOException {
        Map<String, String> rendered = rendered();
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(GOLDEN);
            for (Map.Entry<String, String> file : rendered.entrySet()) {
                Files.writeString(GOLDEN.resolve(file.getKey()), file.getValue());
            }
        }
        Map<String, String> kept = new TreeMap<>();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.toList()) {
                kept.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        assertEquals(rendered, kept);
    }

    private static Map<String, String> rendered() {
        Map<String, String> files = new TreeMap<>();
        files.put("pool-anywhere.yaml", pool(aBroker(), one("redis.example", 6380)));
        files.put("pool-pinned.yaml", pool(aBroker().at(PINNED), one("redis.example", 6379)));
        files.put("pool-inside.yaml", pool(aBroker().at(INSIDE), one("redis", 6379)));
        files.put("pool-sentinels-unsaid.yaml", pool(aBroker(), to("redis", 6379, SENTINELS)));
        Broker broker = aBroker().at(INSIDE).withClients("web", "beat").build();
        files.put(
                "broker.yaml",
                Serialization.asYaml(BrokerShield.policy(
                        broker,
                        new TreeSet<>(Set.of(6379)),
                        Optional.of(
                                new OwnPods("workerpool", Map.of("app.kubernetes.io/name", "workerpool-operator"))))));
        return files;
    }

    @Test
    void no_policy_is_made_before_somebody_asks() {
        assertFalse(PoolNetwork.isAsked(settings(aWorkerPool()).spec()));
        assertFalse(PoolNetwork.isAsked(settings(aWorkerPool().withAccess(new Access(NetworkPolicyMode.None, null)))
                .spec()));
        assertTrue(PoolNetwork.isAsked(
                settings(aWorkerPool().withAccess(new Access(null, null))).spec()));
    }

    @Test
    void the_ports_of_all_connections_that_somebody_still_has_are_open() {
        BrokerPlace place =
                BrokerPlace.of(seen(aBroker().at(PINNED)), List.of(secret(one("old", 6379)), secret(one("new", 6380))));
        assertEquals(Set.of(6379, 6380), place.ports());
        assertFalse(place.settled());
        assertEquals(List.of(), place.blocks(), "not all are where the new one is said to be");
    }

    @Test
    void where_a_broker_is_said_to_be_holds_once_all_are_there() {
        List<Secret> one = List.of(secret(one("redis.example", 6379)));
        assertEquals(
                List.of("10.2.0.0/16"),
                BrokerPlace.of(seen(aBroker().at(PINNED)), one).blocks());
        Broker unseen = aBroker().at(PINNED).build();
        assertEquals(List.of(), BrokerPlace.of(unseen, one).blocks(), "said just now, perhaps of another server");
    }

    @Test
    void on_which_ports_masters_and_nodes_listen_must_be_said() {
        for (Topology topology : List.of(SENTINELS, new Topology.Cluster())) {
            List<Secret> connection = List.of(secret(to("redis", 6379, topology)));
            assertEquals(Set.of(), BrokerPlace.of(seen(aBroker()), connection).ports());
            BrokerNetwork said = new BrokerNetwork(List.of(6390), null, null, null);
            assertTrue(
                    BrokerPlace.of(seen(aBroker().at(said)), connection).ports().contains(6390));
        }
        assertEquals(
                Set.of(6390, 26379),
                BrokerPlace.of(
                                seen(aBroker().at(new BrokerNetwork(List.of(6390), null, null, null))),
                                List.of(secret(to("redis", 6379, SENTINELS))))
                        .ports());
    }

    @Test
    void before_anything_was_proven_no_port_is_known() {
        assertEquals(Set.of(), BrokerPlace.of(seen(aBroker()), List.of()).ports());
    }

    private static String pool(ABroker broker, Connection connection) {
        NetworkPolicyEgressRule listed = new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewIpBlock()
                .withCidr("192.0.2.7/32")
                .endIpBlock()
                .endTo()
                .addNewPort()
                .withPort(new IntOrString(443))
                .endPort()
                .build();
        return Serialization.asYaml(PoolNetwork.policy(
                settings(aWorkerPool().withAccess(new Access(null, List.of(listed)))),
                PoolNetwork.toBroker(BrokerPlace.of(seen(broker), List.of(secret(connection))))));
    }

    private static Broker seen(ABroker asked) {
        Broker broker = asked.build();
        broker.setStatus(new BrokerStatus(1L, null, null, null, null, null, null, null, null, null, null));
        return broker;
    }

    private static Secret secret(Connection connection) {
        return BrokerSecrets.connection(aBroker().build(), connection);
    }

    private static Connection one(String host, int port) {
        return to(host, port, new Topology.Standalone());
    }

    private static Connection to(String host, int port, Topology topology) {
        return new Connection(
                new Endpoint(host, port, 0, false), Optional.empty(), Verification.full(List.of()), topology);
    }
}
