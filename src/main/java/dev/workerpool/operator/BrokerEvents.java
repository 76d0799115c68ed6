package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.operator.EventRecorder.Said;
import dev.workerpool.operator.EventRecorder.Severity;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.ClientVerdicts;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.ExpiryVerdicts;
import dev.workerpool.status.Verdict;
import dev.workerpool.status.VitalVerdicts;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people are told of a Broker when it changes. */
final class BrokerEvents {
    private static final Set<ConditionType> BESIDE = Set.of(ConditionType.CertificateReady, ConditionType.ClientsReady);

    private final EventRecorder recorder;

    BrokerEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    /** A new connection that was proven, and each change of Ready or of its reason. */
    void record(Broker broker, BrokerStatus after, List<Verdict> verdicts, List<Verdict> vitals) {
        BrokerStatus before = broker.getStatus();
        if (after.proven() != null && (before == null || !after.proven().equals(before.proven()))) {
            var proven = new Said(
                    Severity.Normal,
                    "ConnectionProven",
                    after.endpoint() + " answered as specified: workers are given this connection");
            recorder.record(broker, proven, occasion(before, after.proven()));
        }
        List<Said> said = new ArrayList<>(pinnedAnew(before, after));
        Verdict ready = BrokerVerdicts.ready(verdicts).orElseThrow();
        Optional<Condition> shown =
                before == null ? Optional.empty() : ConditionList.find(before.conditions(), ConditionType.Ready);
        boolean news = shown.isEmpty() || !shown.get().getReason().equals(ready.reason());
        if (news && ready.status() != Verdict.Truth.True) {
            said.add(new Said(Severity.Warning, ready.reason(), ready.message()));
        } else if (news && shown.isPresent()) {
            said.add(new Said(Severity.Normal, ready.reason(), ready.message()));
        }
        said.addAll(doubts(broker, verdicts));
        beside(broker, verdicts, ready);
        String occasion = occasion(broker, shown);
        said.addAll(VitalVerdicts.warnings(vitals, before == null ? null : before.conditions()).stream()
                .map(warning -> new Said(Severity.Warning, warning.reason(), warning.message()))
                .toList());
        said.forEach(one -> recorder.record(broker, one, occasion));
    }

    /** That certificates come to their ends: each stage once. */
    void record(Broker broker, Optional<Verdict> expiry) {
        Optional<BrokerStatus> before = Optional.ofNullable(broker.getStatus());
        ExpiryVerdicts.warning(expiry, before.map(BrokerStatus::conditions).orElse(null))
                .ifPresent(warning -> recorder.record(
                        broker, new Said(Severity.Warning, warning.reason(), warning.message()), warning.message()));
    }

    /** That workers stay on an old server, or were taken there again; and that they go. */
    void record(Broker broker, Passage passage) {
        Optional<BrokerStatus> before = Optional.ofNullable(broker.getStatus());
        String occasion = before.map(BrokerStatus::proven).map(Record::toString).orElse("") + ">"
                + passage.moving()
                        .map(moving -> moving.to() + moving.timesBack())
                        .orElse("");
        VitalVerdicts.warnings(
                        passage.verdict().map(List::of).orElse(List.of()),
                        before.map(BrokerStatus::conditions).orElse(null))
                .forEach(warning -> recorder.record(
                        broker, new Said(Severity.Warning, warning.reason(), warning.message()), occasion));
        passage.said().ifPresent(said -> recorder.record(broker, said, occasion));
    }

    private static List<Said> pinnedAnew(@Nullable BrokerStatus before, BrokerStatus after) {
        BrokerStatus.Pinned old = before == null ? null : before.pinned();
        BrokerStatus.Pinned now = after.pinned();
        if (now == null || now.equals(old)) {
            return List.of();
        }
        String known =
                "%s is known by %s (SHA-256 %s) from now on".formatted(now.endpoint(), now.subject(), now.sha256());
        return List.of(
                old == null
                        ? new Said(Severity.Normal, "AuthorityPinned", known)
                        : new Said(
                                Severity.Warning,
                                "AuthorityPinned",
                                known + ", and no longer by %s (SHA-256 %s)".formatted(old.subject(), old.sha256())));
    }

    /** That nothing is verified is never silent. */
    private static List<Said> doubts(Broker broker, List<Verdict> verdicts) {
        Optional<Condition> shown = Optional.ofNullable(broker.getStatus())
                .flatMap(status -> ConditionList.find(status.conditions(), ConditionType.Trusted));
        return verdicts.stream()
                .filter(verdict -> verdict.reason().equals(BrokerVerdicts.VERIFICATION_DISABLED))
                .filter(verdict -> shown.filter(before -> before.getReason().equals(verdict.reason()))
                        .isEmpty())
                .map(verdict -> new Said(Severity.Warning, verdict.reason(), verdict.message()))
                .toList();
    }

    /** What a person must see to beside Ready, each reason once. Until there is a connection for clients, that is told already. */
    private void beside(Broker broker, List<Verdict> verdicts, Verdict ready) {
        verdicts.stream()
                .filter(verdict -> BESIDE.contains(verdict.type())
                        && verdict.status() == Verdict.Truth.False
                        && !verdict.reason().equals(ClientVerdicts.UNPROVEN))
                .filter(verdict -> verdict.type() == ConditionType.ClientsReady
                        || !verdict.reason().equals(ready.reason()))
                .forEach(verdict -> {
                    Optional<Condition> shown = Optional.ofNullable(broker.getStatus())
                            .flatMap(status -> ConditionList.find(status.conditions(), verdict.type()));
                    if (shown.filter(is -> is.getReason().equals(verdict.reason()))
                            .isEmpty()) {
                        recorder.record(
                                broker,
                                new Said(Severity.Warning, verdict.reason(), verdict.message()),
                                verdict.type() + occasion(broker, shown));
                    }
                });
    }

    private static String occasion(Broker broker, Optional<Condition> shown) {
        return shown.map(Condition::getLastTransitionTime).orElse("first")
                + broker.getMetadata().getGeneration();
    }

    /** The same for whoever proves it again because the one before died: the time of the proof is left out. */
    private static String occasion(@Nullable BrokerStatus before, BrokerStatus.Proven now) {
        return (before == null ? "" : before.proven()) + ">" + now.connectionSecret() + "+" + now.trustSecret() + "+"
                + now.identitySecret();
    }
}
