package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WriteGuardTest {
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/ops/leases";
    private static final OperatorConfig.Lease LEASE = new OperatorConfig.Lease(
            "ops", "workerpool-operator", "me", Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

    private final AtomicLong seconds = new AtomicLong(1_000);
    private final WriteGuard guard =
            new WriteGuard(LEASE, Duration.ofSeconds(10).toNanos(), () -> seconds.get() * 1_000_000_000L);

    @Test
    void nothing_is_written_before_the_lease_is_held() {
        assertRefused();
        assertThrows(KubernetesClientException.class, () -> send(delete()));
    }

    @Test
    void reading_and_asking_what_one_may_do_need_no_lease() {
        assertDoesNotThrow(() -> send(request("GET", "/api/v1/pods", "")));
        assertDoesNotThrow(() -> send(request("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "{}")));
    }

    @Test
    void who_holds_it_writes_until_it_runs_out() {
        renew(200);
        seconds.addAndGet(9);
        assertAllowed();
        seconds.addAndGet(1);
        assertRefused();
    }

    @Test
    void it_counts_from_when_the_renewal_was_sent() {
        HttpRequest renewal = renewal();
        send(renewal);
        seconds.addAndGet(9);
        answer(renewal, 200);
        assertAllowed();
        seconds.addAndGet(1);
        assertRefused();
    }

    @Test
    void a_renewal_that_was_refused_is_none() {
        renew(409);
        assertRefused();
    }

    @Test
    void an_answer_to_something_else_renews_nothing() {
        send(renewal());
        answer(patch(), 200);
        assertRefused();
    }

    @Test
    void another_namespace_s_lease_is_a_write_like_any_other() {
        assertThrows(
                KubernetesClientException.class,
                () -> send(request("PUT", LEASES.replace("/ops/", "/other/") + "/x", holder("me"))));
    }

    @Test
    void who_gives_it_back_writes_no_more() {
        renew(200);
        HttpRequest release = request("PUT", LEASES + "/workerpool-operator", holder(""));
        send(release);
        assertRefused();
        answer(release, 200);
        assertRefused();
    }

    private void renew(int code) {
        send(renewal());
        answer(renewal(), code);
    }

    private void assertAllowed() {
        assertDoesNotThrow(() -> send(patch()));
    }

    private void assertRefused() {
        assertThrows(KubernetesClientException.class, () -> send(patch()));
    }

    private void send(HttpRequest request) {
        guard.before(new StandardHttpRequest.Builder(), request, new NoTags());
    }

    private void answer(HttpRequest request, int code) {
        guard.after(request, new Answer(code), (value, body) -> {});
    }

    private static HttpRequest renewal() {
        return request("PUT", LEASES + "/workerpool-operator", holder("me"));
    }

    private static HttpRequest patch() {
        return request("PATCH", "/apis/apps/v1/namespaces/shop/deployments/mail", "{}");
    }

    private static HttpRequest delete() {
        return request("DELETE", "/api/v1/namespaces/shop/secrets/x", "");
    }

    private static String holder(String identity) {
        return "{\"spec\":{\"holderIdentity\":\"" + identity + "\"}}";
    }

    private static HttpRequest request(String method, String path, String body) {
        return new StandardHttpRequest.Builder()
                .uri(URI.create("https://api.example" + path))
                .method(method, "application/json", body)
                .build();
    }

    private record NoTags() implements Interceptor.RequestTags {
        @Override
        public <T> @Nullable T getTag(Class<T> type) {
            return null;
        }
    }

    private record Answer(int code) implements HttpResponse<Void> {
        @Override
        public Void body() {
            throw new UnsupportedOperationException("nobody reads it");
        }

        @Override
        public HttpRequest request() {
            return patch();
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }
}
