package dev.workerpool.operator;

import dev.workerpool.desired.PodSecurity;
import dev.workerpool.desired.PodStandard;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.PoolSituation.Note;
import dev.workerpool.status.Verdict;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be said of how a pool's pods are restricted, and of those that do not start for it. */
final class PodVerdicts {
    private static final ConditionType TYPE = ConditionType.Restricted;
    private static final Pattern USER = Pattern.compile("non-numeric user \\(([^)]*)\\)");
    private static final String STANDARD = "the restricted Pod Security Standard";

    private PodVerdicts() {}

    /** Of the template as it is live, whoever made it. */
    static Verdict restricted(Deployment live) {
        PodTemplateSpec template = live.getSpec().getTemplate();
        List<String> weaknesses = PodStandard.weaknesses(template);
        String listed = String.join("; ", weaknesses);
        if (weaknesses.isEmpty()) {
            return Verdict.holds(
                    TYPE,
                    "AsRestricted",
                    "the pods meet " + STANDARD
                            + (PodStandard.isWritable(template)
                                    ? "; the worker can write to its image's files (readOnlyRootFilesystem)"
                                    : ""));
        }
        return PodSecurity.isRestricted(live)
                ? Verdict.fails(
                        TYPE,
                        "WeakenedByTemplate",
                        "weaker than %s, as the template says: %s".formatted(STANDARD, listed))
                : Verdict.fails(
                        TYPE,
                        "NotRestrictedYet",
                        "made before the operator restricted pods, and left as they are until the pool is changed; weaker than %s: %s"
                                .formatted(STANDARD, listed));
    }

    /** Why pods cannot start, where it is for being restricted. */
    static Optional<Note> refused(Fleet fleet) {
        return fleet.pods().stream()
                .filter(pod -> !pod.ending())
                .flatMap(pod -> pod.refusal().stream())
                .findFirst()
                .map(PodVerdicts::note);
    }

    private static Note note(String kubelet) {
        Matcher named = USER.matcher(kubelet);
        return new Note(
                "ImageRunsAsRoot",
                "the node starts no container of it: %s. Give it another user in template.spec.securityContext, such as runAsUser: 1000; or let it be root there: runAsNonRoot: false"
                        .formatted(
                                named.find()
                                        ? "its image's user is called %s, of which no node can tell that it is not root"
                                                .formatted(named.group(1))
                                        : "its image runs as root"));
    }
}
