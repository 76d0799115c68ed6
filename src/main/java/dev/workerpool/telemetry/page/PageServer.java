package dev.workerpool.telemetry.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.workerpool.broker.PoolKey;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page and its figures: GET only, nothing from elsewhere, no cookies. It authenticates nobody: it listens on
 * loopback, or behind something that does.
 */
public final class PageServer implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern POOL = Pattern.compile("/api/pools/([a-z0-9.-]+)/([a-z0-9.-]+)");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Map<String, String> ASSETS = Map.of(
            "/", "index.html",
            "/page.css", "page.css",
            "/page.js", "page.js",
            "/uplot.css", "uplot/uPlot.min.css",
            "/uplot.js", "uplot/uPlot.iife.min.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    private final HttpServer server;
    private final FleetMemory memory;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private PageServer(HttpServer server, FleetMemory memory) {
        this.server = server;
        this.memory = memory;
    }

    /** Listens at once; port 0 takes any free one. */
    public static PageServer start(InetSocketAddress address, FleetMemory memory) throws IOException {
        PageServer page = new PageServer(HttpServer.create(address, 0), memory);
        page.server.setExecutor(page.threads);
        page.server.createContext("/", page::handle);
        page.server.start();
        return page;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private record Answer(int status, String type, String body) {
        static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", text + "\n");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Answer.text(405, "this page is read-only");
        }
        if (!isForUs(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.text(421, "this page listens on loopback, under no other name");
        }
        String path = exchange.getRequestURI().getPath();
        Optional<String> asset = Optional.ofNullable(ASSETS.get(path));
        if (asset.isPresent()) {
            return asset(asset.get());
        }
        if (path.equals("/api/fleet")) {
            return json(memory.fleet());
        }
        Matcher pool = POOL.matcher(path);
        return pool.matches()
                ? memory.pool(new PoolKey(pool.group(1), pool.group(2)))
                        .map(PageServer::json)
                        .orElseGet(() -> Answer.text(404, "no such pool"))
                : Answer.text(404, "no such page");
    }

    /** On loopback a name that is not ours comes from a page elsewhere whose name was made to lead here. */
    private boolean isForUs(@Nullable String host) {
        if (!server.getAddress().getAddress().isLoopbackAddress()) {
            return true;
        }
        String name = host == null ? "" : host.replaceFirst(":[0-9]*$", "");
        return LOOPBACK.contains(name);
    }

    private static Answer asset(String name) {
        try (InputStream in = PageServer.class.getResourceAsStream("/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/page/" + name + " is missing in the jar");
            }
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            return new Answer(200, type, new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer json(Object value) {
        try {
            return new Answer(200, "application/json", JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        byte[] body = answer.body().getBytes(UTF_8);
        if (takesGzip(exchange) && body.length > 1024) {
            headers.set("Content-Encoding", "gzip");
            body = gzip(body);
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean takesGzip(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()).stream()
                .anyMatch(accepted -> accepted.contains("gzip"));
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
            gzip.write(body);
        }
        return small.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
