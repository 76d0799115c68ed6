package dev.workerpool.framework;

import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

public record Celery(Optional<String> app, String keyPrefix) implements Framework {
    @Override
    public List<Read> reads(List<String> queues, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Launch launch(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean starts(List<String> command) {
        throw new UnsupportedOperationException();
    }
}
