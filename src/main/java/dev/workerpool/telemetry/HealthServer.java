package dev.workerpool.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}, read-only. */
public final class HealthServer implements AutoCloseable {
    private static final String PLAIN = "text/plain; charset=utf-8";

    /** The Prometheus text format, version 0.0.4. */
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /** What is asked when somebody asks. */
    public record Answers(BooleanSupplier alive, BooleanSupplier ready, Supplier<String> metrics) {}

    /** Listens at once; port 0 takes any free one. */
    public static HealthServer start(InetSocketAddress address, Answers answers) throws IOException {
        HealthServer health = new HealthServer(HttpServer.create(address, 0));
        health.server.setExecutor(health.threads);
        health.page("/healthz", () -> state(answers.alive().getAsBoolean()));
        health.page("/readyz", () -> state(answers.ready().getAsBoolean()));
        health.page(
                "/metrics", () -> new Page(200, PROMETHEUS, answers.metrics().get()));
        health.server.start();
        return health;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private record Page(int status, String type, String body) {}

    private static Page state(boolean good) {
        return good ? new Page(200, PLAIN, "ok\n") : new Page(503, PLAIN, "not ready\n");
    }

    private void page(String path, Supplier<Page> content) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(
                        exchange,
                        exchange.getRequestURI().getPath().equals(path) ? content.get() : new Page(404, PLAIN, ""));
            }
        });
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.type());
        exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
