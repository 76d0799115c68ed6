package dev.workerpool.status;

import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Reason;
import dev.workerpool.scaling.Replacement;
import dev.workerpool.scaling.Settings;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.PoolSituation.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code aSituation()}: two workers wanted, and there; scaling is active. */
final class ASituation {
    private Optional<Note> stall = Optional.empty();
    private Optional<Note> broker = Optional.empty();
    private boolean proven = true;
    private Optional<Rollout> rollout = Optional.of(new Rollout(2, 2, 2, 2, true, Optional.empty()));
    private Optional<Settings.Scaling> scaling =
            Optional.of(new Settings.Scaling(Settings.Mode.ACTIVE, 0, 9, 3, Duration.ofMinutes(5)));
    private Decision decision = Decision.scaleTo(2, Reason.Backlog, "6 wait");

    private Verdict queuesConsumed = Verdict.holds(ConditionType.QueuesConsumed, "Consuming", "what waits is taken");

    private Replacement replacement = new Replacement.None();

    static ASituation aSituation() {
        return new ASituation();
    }

    ASituation stalled(String reason, String message) {
        stall = Optional.of(new Note(reason, message));
        return this;
    }

    ASituation withBrokerInTrouble(String reason, String message) {
        broker = Optional.of(new Note(reason, message));
        return this;
    }

    ASituation withNothingProven() {
        proven = false;
        rollout = Optional.empty();
        return this;
    }

    ASituation with(Rollout another) {
        rollout = Optional.of(another);
        return this;
    }

    ASituation withoutDeployment() {
        rollout = Optional.empty();
        return this;
    }

    ASituation inMode(Settings.Mode mode) {
        scaling = Optional.of(new Settings.Scaling(mode, 0, 9, 3, Duration.ofMinutes(5)));
        return this;
    }

    ASituation withoutScaling() {
        scaling = Optional.empty();
        return this;
    }

    ASituation decided(Decision another) {
        decision = another;
        return this;
    }

    ASituation saying(Verdict another) {
        queuesConsumed = another;
        return this;
    }

    ASituation replacing(Replacement another) {
        replacement = another;
        return this;
    }

    PoolSituation build() {
        return new PoolSituation(
                stall,
                broker,
                proven,
                rollout,
                new Settings(1, 10, scaling),
                decision,
                queuesConsumed,
                replacement,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
