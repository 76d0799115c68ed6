package dev.workerpool.status;

import dev.workerpool.status.ClientState.Current;
import dev.workerpool.status.ClientState.NameTaken;
import dev.workerpool.status.ClientState.OutOfReach;
import dev.workerpool.status.ClientState.Refused;
import dev.workerpool.status.ClientState.Unproven;
import dev.workerpool.status.ClientState.Waiting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is to be said of a Broker's clients, in words: of the one that is worst off. */
public final class ClientVerdicts {
    public static final String UNPROVEN = "NotProvenYet";
    private static final int NAMED = 5;

    private ClientVerdicts() {}

    /** Empty where there is no client. */
    public static Optional<Verdict> of(List<ClientState> clients) {
        return clients.stream()
                .min(Comparator.comparingInt(ClientVerdicts::rank))
                .map(worst -> of(worst, clients));
    }

    private static int rank(ClientState state) {
        return switch (state) {
            case NameTaken taken -> 0;
            case Refused refused -> 1;
            case OutOfReach left -> 2;
            case Unproven unproven -> 3;
            case Waiting waiting -> 4;
            case Current current -> 5;
        };
    }

    private static Verdict of(ClientState worst, List<ClientState> clients) {
        return switch (worst) {
            case NameTaken taken ->
                Verdict.fails(
                        ConditionType.ClientsReady,
                        "NameConflict",
                        "Secret " + taken.secret() + " exists and is not the operator's: rename or delete it");
            case Refused refused ->
                Verdict.fails(
                        ConditionType.ClientsReady,
                        "Refused",
                        "the API server refuses Secret " + refused.secret() + ": " + refused.why());
            case OutOfReach left ->
                Verdict.fails(
                        ConditionType.ClientsReady,
                        "TrustNotEnforceable",
                        "Secret " + left.secret()
                                + " is left as it was: what the broker is verified by, or messages are signed by, now takes mounted files, not "
                                + "variables alone; mount the Secret without -env, and delete this one");
            case Unproven unproven ->
                Verdict.fails(
                        ConditionType.ClientsReady,
                        "NotProvenYet",
                        "there is no connection yet that a client could be given");
            case Waiting waiting ->
                Verdict.fails(
                        ConditionType.ClientsReady,
                        "FormerInUse",
                        "started before the connection changed, and to be restarted: " + named(clients));
            case Current current ->
                Verdict.holds(
                        ConditionType.ClientsReady,
                        "Current",
                        "the clients' Secrets hold the connection that was proven, and nobody runs with another"
                                + (current.byVariables()
                                        ? ""
                                        : "; they are to be mounted, and there is none for envFrom: what the broker is verified by, or "
                                                + "presented, takes files"));
        };
    }

    private static String named(List<ClientState> clients) {
        List<String> all = clients.stream()
                .filter(Waiting.class::isInstance)
                .map(Waiting.class::cast)
                .flatMap(waiting -> waiting.workloads().stream())
                .distinct()
                .toList();
        String first = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? first + " and " + (all.size() - NAMED) + " more" : first;
    }
}
