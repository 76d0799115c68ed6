package dev.workerpool.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.util.Arrays;

/** A request's body that can be read only during a term, any number of times: the connection may have to send it again. */
final class TermBody extends ByteArrayInputStream {
    private final Term term;

    TermBody(byte[] body, Term term) {
        super(Arrays.copyOf(body, body.length));
        this.term = term;
    }

    /** Fails with what is no IOException: after one of those the client would try again. */
    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        if (!term.runs()) {
            throw new KubernetesClientException("not sent: this process does not hold the lease");
        }
        int read = super.read(into, offset, length);
        if (read < 0) {
            reset();
        }
        return read;
    }
}
