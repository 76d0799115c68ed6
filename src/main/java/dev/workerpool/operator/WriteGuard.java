package dev.workerpool.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.BodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.ByteArrayBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.InputStreamBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.StringBodyContent;
import java.nio.charset.StandardCharsets;

/**
 * Lets no write begin outside of the {@link Term}; the lease itself is all that may be written without one. It stands
 * at the last step there is: the connection asks for the body of a request when it is about to send it, and gets none.
 * A check before that would let pass what was then held up, in a queue for a connection or with the whole process.
 *
 * <p>Nothing is thrown from {@link #before} itself: the client calls it for its own retries too, and whoever waits for
 * the answer would wait forever.
 */
final class WriteGuard implements Interceptor {
    private final String leasePath;
    private final Term term;

    WriteGuard(OperatorConfig.Lease lease, Term term) {
        this.leasePath = "/namespaces/" + lease.namespace() + "/leases";
        this.term = term;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (isRead(request) || isLease(request)) {
            return;
        }
        if (!(builder instanceof HttpRequest.Builder whole)
                || !(request instanceof StandardHttpRequest standard)
                || standard.body() == null) {
            throw new KubernetesClientException("not sent: a write that has no body cannot be held back");
        }
        byte[] body = bytes(standard.body());
        whole.method(request.method(), standard.getContentType(), new TermBody(body, term), body.length);
    }

    private static byte[] bytes(BodyContent body) {
        return switch (body) {
            case StringBodyContent text -> text.getContent().getBytes(StandardCharsets.UTF_8);
            case ByteArrayBodyContent bytes -> bytes.getContent();
            case InputStreamBodyContent stream ->
                throw new KubernetesClientException("not sent: the operator writes no streams");
            default -> throw new KubernetesClientException("not sent: an unknown body, " + body.getClass());
        };
    }

    private boolean isLease(HttpRequest request) {
        return request.uri().getPath().contains(leasePath);
    }

    private static boolean isRead(HttpRequest request) {
        return "GET".equals(request.method());
    }
}
