package dev.workerpool.tools.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The show itself: jobs come in their waves, and what the operator does about them is shown. */
final class Show implements AutoCloseable {
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(250);
    private static final Duration TO_THE_LAST_JOB = Duration.ofSeconds(30);

    private final Stage stage;
    private final Chronicle chronicle = new Chronicle();
    private final List<Happening> happenings = new ArrayList<>();
    private List<Fleet.Row> pools = List.of();

    Show(Stage stage) {
        this.stage = stage;
    }

    /** What it happens on. */
    record Stage(OperatorChild operator, OperatorPage page, Consumer<Wave> send, Tally tally, Screen screen) {}

    /** Returns after this time, once all jobs are done, or when it is told to stop. */
    void run(Optional<Duration> length, Stop stop) throws InterruptedException {
        Instant began = Instant.now();
        look(Duration.ZERO, began);
        Iterator<Wave> waves = Waves.until(length).iterator();
        Optional<Wave> next = Optional.of(waves.next());
        do {
            Instant now = Instant.now();
            Duration elapsed = Duration.between(began, now);
            while (next.isPresent() && next.get().at().compareTo(elapsed) <= 0) {
                send(next.get(), now);
                next = waves.hasNext() ? Optional.of(waves.next()) : Optional.empty();
            }
            look(elapsed, now);
            if (length.isPresent() && isOver(elapsed.minus(length.get()))) {
                return;
            }
        } while (!stop.toldWithin(BETWEEN_FRAMES));
    }

    Chronicle chronicle() {
        return chronicle;
    }

    private void send(Wave wave, Instant now) {
        stage.send().accept(wave);
        happenings.add(
                new Happening(now, wave.app().pool(), "+" + wave.jobs(), "jobs into the queue " + wave.queue(), ""));
    }

    private void look(Duration elapsed, Instant now) throws InterruptedException {
        stage.operator().mustBeAlive();
        stage.page().fleet().ifPresent(fleet -> {
            happenings.addAll(chronicle.observe(fleet, now));
            pools = fleet.pools();
        });
        stage.screen()
                .show(new Frame(
                        elapsed, stage.page().address(), pools, stage.tally().figures(), happenings));
    }

    private boolean isOver(Duration late) {
        return !late.isNegative()
                && (stage.tally().figures().outstanding() == 0 || late.compareTo(TO_THE_LAST_JOB) > 0);
    }

    @Override
    public void close() {
        stage.screen().close();
    }
}
