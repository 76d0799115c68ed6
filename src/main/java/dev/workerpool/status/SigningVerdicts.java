package dev.workerpool.status;

import java.util.List;
import java.util.Optional;

/** Whether a Broker's tasks are protected, in words. */
public final class SigningVerdicts {
    private SigningVerdicts() {}

    /**
     * How far it is.
     *
     * @param enforced whether nobody who runs takes anything unsigned
     * @param behind who is to be restarted before the next step
     * @param waits for what else; empty where for nothing
     * @param outOfReach pools whose workers somebody else starts
     */
    public record Progress(String phase, boolean enforced, List<String> behind, String waits, List<String> outOfReach) {
        public Progress {
            behind = List.copyOf(behind);
            outOfReach = List.copyOf(outOfReach);
        }
    }

    /** Something is in the way, which a person has to mend. */
    public static Verdict refused(String reason, String message) {
        return Verdict.fails(ConditionType.Protected, reason, message);
    }

    /** @param trusted what is said of the broker itself: a signature does not cover all of a message */
    public static Verdict of(Progress progress, Optional<Verdict> trusted) {
        if (!progress.enforced()) {
            return Verdict.fails(ConditionType.Protected, "SignersPending", pending(progress));
        }
        if (!progress.outOfReach().isEmpty()) {
            return Verdict.fails(
                    ConditionType.Protected,
                    "WorkersOutOfReach",
                    "workers that somebody else starts take whatever they are made to: pool "
                            + String.join(", ", progress.outOfReach()));
        }
        return trusted.filter(verdict -> verdict.status() == Verdict.Truth.True).isPresent()
                ? Verdict.holds(
                        ConditionType.Protected,
                        "SignaturesRequired",
                        "workers run no task of Celery's but what a pool or a client of this Broker signed"
                                + rotating(progress))
                : Verdict.fails(
                        ConditionType.Protected,
                        "NotTrusted",
                        "messages are signed, but the broker is not trusted, and whoever reads and writes there can send a signed message "
                                + "again or under another name: see Trusted");
    }

    private static String pending(Progress progress) {
        String waits = progress.behind().isEmpty()
                ? progress.waits()
                : "to be restarted, or rolling: " + String.join(", ", progress.behind());
        return "phase " + progress.phase() + (waits.isEmpty() ? "" : "; " + waits);
    }

    private static String rotating(Progress progress) {
        return progress.behind().isEmpty()
                ? ""
                : "; before keys change any further, to be restarted or rolling: "
                        + String.join(", ", progress.behind());
    }
}
