package dev.workerpool.testing.kube;

import dev.workerpool.testing.kube.Interceptor.Fate;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/** One client's connection and the one to the server behind it. One thread passes requests on, another the answers. */
final class ProxiedConnection {

    private static final Set<String> MUTATING = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Socket client;
    private final Socket server;
    private final NumberedInterceptor interceptor;
    private final BooleanSupplier mayRead;
    private final BlockingQueue<Sent> unanswered = new LinkedBlockingQueue<>();

    /** A request on its way. {@code upgraded} says, when it is answered, whether the connection has left HTTP. */
    private record Sent(String method, Fate fate, CompletableFuture<Boolean> upgraded) {}

    ProxiedConnection(Socket client, Socket server, NumberedInterceptor interceptor, BooleanSupplier mayRead) {
        this.client = client;
        this.server = server;
        this.interceptor = interceptor;
        this.mayRead = mayRead;
    }

    /** Returns when either side has closed, or the interceptor has cut it. */
    void run() {
        Thread answers = Thread.startVirtualThread(() -> passing(this::passAnswers));
        passing(this::passRequests);
        try {
            answers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Passing {
        void run() throws IOException, InterruptedException;
    }

    private void passing(Passing direction) {
        try {
            direction.run();
        } catch (IOException e) {
            // One of the two is gone; the other has to notice.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut();
        }
    }

    void cut() {
        unanswered.forEach(sent -> sent.upgraded().complete(false));
        close(client);
        close(server);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was closed already by the other side.
        }
    }

    private void passRequests() throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = server.getOutputStream();
        for (Optional<HttpHead> head = HttpHead.read(in); head.isPresent(); head = HttpHead.read(in)) {
            Sent sent = passRequest(head.get(), in, out);
            if (sent.fate() instanceof Fate.CutBeforeSending cut) {
                cut.then().run();
                return;
            }
            if (head.get().header("upgrade").isPresent() && sent.upgraded().join()) {
                HttpBody.copyUntilClosed(in, out);
                return;
            }
        }
    }

    private Sent passRequest(HttpHead head, InputStream in, OutputStream out) throws IOException {
        String method = head.word(0);
        if (!MUTATING.contains(method)) {
            if (!mayRead.getAsBoolean()) {
                throw new IOException("reads are cut off");
            }
            Sent sent = expected(method, new Fate.Pass());
            head.writeTo(out);
            HttpBody.copy(in, head.requestFraming(), out, OutputStream.nullOutputStream());
            return sent;
        }
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        HttpBody.copy(in, head.requestFraming(), framed, content);
        Fate fate = interceptor.decide(method, head.word(1), content.toString(StandardCharsets.UTF_8));
        Sent sent = expected(method, fate);
        if (!(fate instanceof Fate.CutBeforeSending)) {
            head.writeTo(out);
            framed.writeTo(out);
            out.flush();
        }
        return sent;
    }

    private Sent expected(String method, Fate fate) {
        Sent sent = new Sent(method, fate, new CompletableFuture<>());
        unanswered.add(sent);
        return sent;
    }

    private void passAnswers() throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(server.getInputStream());
        OutputStream out = client.getOutputStream();
        for (Optional<HttpHead> head = HttpHead.read(in); head.isPresent(); head = HttpHead.read(in)) {
            if (head.get().isInterim()) {
                head.get().writeTo(out);
                continue;
            }
            Sent sent = unanswered.take();
            if (sent.fate() instanceof Fate.CutAfterCommit cut) {
                HttpBody.copy(
                        in,
                        framing(head.get(), sent),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream());
                cut.then().run();
                return;
            }
            passAnswer(head.get(), sent, in, out);
        }
    }

    private static void passAnswer(HttpHead head, Sent sent, InputStream in, OutputStream out) throws IOException {
        boolean upgraded = head.status() == 101;
        sent.upgraded().complete(upgraded);
        head.writeTo(out);
        HttpBody.copy(
                in, upgraded ? new HttpBody.UntilClosed() : framing(head, sent), out, OutputStream.nullOutputStream());
    }

    private static HttpBody.Framing framing(HttpHead head, Sent sent) {
        return head.responseFraming(sent.method());
    }
}
