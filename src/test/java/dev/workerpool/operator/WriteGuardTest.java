package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a server that writes down what reaches it whole. */
class WriteGuardTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(8);
    private static final ConfigMap OBJECT = new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .withName("x")
            .endMetadata()
            .build();

    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KubernetesClient client;
    private final AtomicLong nanos = new AtomicLong();
    private volatile boolean failsOnceTheTermIsOver;
    private final Term term = new Term(Duration.ofSeconds(10), nanos::get);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var lease = new OperatorConfig.Lease(
                "ns", "lease", "me", Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("write-guard", new WriteGuard(lease, term)))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (failsOnceTheTermIsOver) {
                failsOnceTheTermIsOver = false;
                nanos.addAndGet(Duration.ofSeconds(11).toNanos());
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            arrived.add(exchange.getRequestMethod());
            byte[] back = body.isEmpty()
                    ? "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}".getBytes(StandardCharsets.UTF_8)
                    : body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, back.length);
            exchange.getResponseBody().write(back);
        }
    }

    private void refusedAtOnce(Runnable write) {
        var refused =
                assertThrows(KubernetesClientException.class, () -> assertTimeoutPreemptively(AT_ONCE, write::run));
        assertTrue(String.valueOf(refused).contains("does not hold the lease"), refused::toString);
    }

    @Test
    void during_its_term_everything_is_sent_as_it_is() {
        term.renewed(term.now());
        assertEquals(OBJECT.getMetadata(), client.resource(OBJECT).create().getMetadata());
        client.resource(OBJECT).delete();
        assertEquals(List.of("POST", "DELETE"), arrived);
    }

    @Test
    void outside_of_it_no_write_is_sent() {
        refusedAtOnce(() -> client.resource(OBJECT).create());
        refusedAtOnce(() -> client.resource(OBJECT).delete());
        refusedAtOnce(() -> client.resource(OBJECT).serverSideApply());
        assertEquals(List.of(), arrived);
    }

    @Test
    void reading_and_standing_for_the_lease_need_no_term() {
        client.resource(OBJECT).get();
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace("ns")
                        .withName("lease")
                        .endMetadata()
                        .build())
                .create();
        assertEquals(List.of("GET", "POST"), arrived);
    }

    @Test
    void a_retry_that_comes_too_late_is_not_sent_and_nobody_waits_for_it() {
        term.renewed(term.now());
        failsOnceTheTermIsOver = true;
        refusedAtOnce(() -> client.resource(OBJECT).create());
        assertEquals(false, failsOnceTheTermIsOver, "the first try was sent, and failed");
        assertEquals(List.of(), arrived);
    }
}
