package dev.workerpool.testing.jobs;

/** The framework's producer could not send; the message is its own error. */
public final class ProducerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProducerRefused(String error) {
        super(error);
    }
}
