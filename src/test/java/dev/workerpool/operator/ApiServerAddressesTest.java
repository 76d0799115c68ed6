package dev.workerpool.operator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ApiServerAddressesTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("10.96.0.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("198.51.100.7");
    private static final InetAddress THIRD = InetAddress.ofLiteral("2001:db8::7");

    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();

    @Test
    void all_addresses_of_all_its_names_are_its_own() {
        names.put("api.example", List.of(OTHER, THIRD));
        names.put("10.96.0.1", List.of(ONE));
        assertEquals(
                Set.of(ONE, OTHER, THIRD), addresses("api.example", "10.96.0.1").get());
    }

    @Test
    void the_server_that_the_client_speaks_to_is_one_of_them() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://198.51.100.7:6443/api/")
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertTrue(ApiServerAddresses.of(client).get().contains(OTHER));
        }
    }

    @Test
    void an_IPv6_address_may_stand_in_the_brackets_of_a_URL() {
        names.put("2001:db8::7", List.of(THIRD));
        assertEquals(Set.of(THIRD), addresses("[2001:db8::7]").get());
    }

    @Test
    void a_name_that_leads_elsewhere_by_now_is_followed_within_a_minute_or_so() {
        names.put("api.example", List.of(ONE));
        ApiServerAddresses addresses = addresses("api.example");
        names.put("api.example", List.of(OTHER));
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertEquals(Set.of(ONE), addresses.get());
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        await().until(() -> addresses.get().equals(Set.of(OTHER)));
    }

    @Test
    void while_no_name_server_answers_what_was_known_is_known() {
        names.put("api.example", List.of(ONE));
        names.put("10.96.0.1", List.of(OTHER));
        ApiServerAddresses addresses = addresses("api.example", "10.96.0.1");
        names.remove("api.example");
        names.put("10.96.0.1", List.of(THIRD));
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        await().until(() -> addresses.get().contains(THIRD));
        assertEquals(Set.of(ONE, OTHER, THIRD), addresses.get());
    }

    private ApiServerAddresses addresses(String... hosts) {
        return new ApiServerAddresses(Set.of(hosts), this::resolve, nanos::get);
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found.toArray(InetAddress[]::new);
    }
}
