package dev.workerpool.broker.dialling;

import dev.workerpool.broker.Probe.Cause;
import java.io.Serial;
import java.security.cert.CertificateException;

/** A certificate was refused; the message is a sentence for people. */
public final class Distrust extends CertificateException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Cause reason;

    Distrust(Cause reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }
}
