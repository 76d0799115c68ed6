package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.status.ClientState.Current;
import dev.workerpool.status.ClientState.NameTaken;
import dev.workerpool.status.ClientState.OutOfReach;
import dev.workerpool.status.ClientState.Refused;
import dev.workerpool.status.ClientState.Unproven;
import dev.workerpool.status.ClientState.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientVerdictsTest {
    @Test
    void without_clients_nothing_is_said() {
        assertEquals(Optional.empty(), ClientVerdicts.of(List.of()));
    }

    @Test
    void the_client_that_is_worst_off_is_told_of() {
        assertEquals("True Current", says(new Current(true), new Current(true)));
        assertEquals("False FormerInUse", says(new Current(true), new Waiting(List.of("Deployment/web"))));
        assertEquals("False NotProvenYet", says(new Unproven(), new Unproven()));
        assertEquals("False TrustNotEnforceable", says(new OutOfReach("s"), new Waiting(List.of("Deployment/web"))));
        assertEquals("False Refused", says(new OutOfReach("s"), new Refused("s", "quota")));
        assertEquals("False NameConflict", says(new Refused("s", "quota"), new NameTaken("s")));
    }

    @Test
    void who_looks_for_variables_in_vain_is_told_why() {
        assertTrue(verdict(new Current(false)).message().endsWith("takes files"));
    }

    @Test
    void who_is_waited_for_is_named_each_once_and_not_too_many() {
        List<String> many =
                IntStream.range(0, 8).mapToObj(at -> "Deployment/w" + at).toList();
        assertEquals(
                "started before the connection changed, and to be restarted: "
                        + "Deployment/w0, Deployment/w1, Deployment/w2, Deployment/w3, Deployment/w4 and 3 more",
                verdict(new Waiting(many), new Waiting(many)).message());
    }

    private static String says(ClientState... states) {
        Verdict verdict = verdict(states);
        return verdict.status() + " " + verdict.reason();
    }

    private static Verdict verdict(ClientState... states) {
        return ClientVerdicts.of(List.of(states)).orElseThrow();
    }
}
