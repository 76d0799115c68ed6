package dev.workerpool.telemetry.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PageServer page;

    @BeforeEach
    void start() throws IOException {
        page = PageServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AFleet.of(3));
    }

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void a_figure_that_is_not_known_is_null_and_not_zero() throws IOException, InterruptedException {
        JsonNode blind = JSON.readTree(get("/api/fleet").body()).get("pools").get(2);
        assertEquals("reports-2", blind.get("name").asText());
        assertTrue(blind.get("waiting").isNull());
        assertTrue(blind.get("oldest").isNull());
        assertEquals("Blind", blind.get("state").asText());
    }

    @Test
    void a_pools_last_hour_has_gaps_where_nothing_was_known() throws IOException, InterruptedException {
        JsonNode series =
                JSON.readTree(get("/api/pools/shop-2/reports-2").body()).get("series");
        assertEquals(60, series.get("at").size());
        assertEquals(60, series.get("waiting").size());
        assertTrue(series.get("waiting").get(0).isNumber());
        assertTrue(series.get("waiting").get(59).isNull());
    }

    @Test
    void what_does_not_exist_is_not_found() throws IOException, InterruptedException {
        for (String path : List.of("/api/pools/shop/none", "/api/pools/a/b/c", "/page.js.map", "/uplot/LICENSE")) {
            assertEquals(404, get(path).statusCode(), path);
        }
    }

    @Test
    void nothing_can_be_sent_to_it() throws IOException, InterruptedException {
        assertEquals(
                405,
                send(HttpRequest.newBuilder(uri("/api/fleet"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .statusCode());
    }

    @Test
    void the_page_loads_nothing_from_elsewhere() throws IOException, InterruptedException {
        assertTrue(get("/").headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .startsWith("default-src 'self'"));
        for (String asset : List.of("/", "/page.js", "/page.css")) {
            assertTrue(!get(asset).body().contains("http"), asset);
        }
    }

    /** Else a page on the internet could have its name lead to this machine's loopback, and read along. */
    @Test
    void on_loopback_it_answers_to_no_other_name() throws IOException {
        assertEquals("HTTP/1.1 421", statusFor("evil.example.com"));
        assertEquals("HTTP/1.1 200", statusFor("localhost:" + page.port()));
    }

    private String statusFor(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
            String request = "GET /api/fleet HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + page.port() + path);
    }
}
