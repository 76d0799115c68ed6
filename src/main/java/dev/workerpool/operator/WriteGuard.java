package dev.workerpool.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets no write begin without an unexpired lease. It stands at the last step before a request is sent, so that no path
 * can forget it, and counts by the monotonic clock, which goes on while the process is stopped or the wall clock jumps.
 *
 * <p>A lease counts from when its renewal was <em>sent</em>: the server cannot have granted it earlier, and others
 * cannot count it from before that.
 */
final class WriteGuard implements Interceptor {
    private static final long NEVER = Long.MIN_VALUE;

    private final String leasePath;
    private final String identity;
    private final long validNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong renewed = new AtomicLong(NEVER);
    private final AtomicLong sent = new AtomicLong(NEVER);

    /**
     * @param validNanos how long after its renewal was sent a lease is relied on: less than it lasts, since a request
     *     takes time to arrive
     */
    WriteGuard(OperatorConfig.Lease lease, long validNanos, LongSupplier nanoTime) {
        this.leasePath = "/namespaces/" + lease.namespace() + "/leases";
        this.identity = lease.identity();
        this.validNanos = validNanos;
        this.nanoTime = nanoTime;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (isRead(request)) {
            return;
        }
        if (isLease(request)) {
            lease(request);
            return;
        }
        if (!isReview(request) && !mayWrite()) {
            throw new KubernetesClientException("not sent: this process does not hold the lease");
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        // One elector renews, one request at a time: what was sent last is what was answered.
        long at = sent.get();
        if (at != NEVER && !isRead(request) && isLease(request) && response.isSuccessful()) {
            renewed.accumulateAndGet(at, Math::max);
        }
    }

    /** Whoever gives the lease back, writes it without a name: from then on it is not held, whatever the answer. */
    private void lease(HttpRequest request) {
        boolean mine = Objects.requireNonNullElse(request.bodyString(), "").contains(identity);
        sent.set(mine ? nanoTime.getAsLong() : NEVER);
        if (!mine) {
            renewed.set(NEVER);
        }
    }

    boolean mayWrite() {
        long since = renewed.get();
        return since != NEVER && nanoTime.getAsLong() - since < validNanos;
    }

    private boolean isLease(HttpRequest request) {
        return request.uri().getPath().contains(leasePath);
    }

    /** Asking what one may do is sent as a POST, but writes nothing. */
    private static boolean isReview(HttpRequest request) {
        return request.uri().getPath().contains("/apis/authorization.k8s.io/");
    }

    private static boolean isRead(HttpRequest request) {
        return "GET".equals(request.method());
    }
}
