package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.status.SigningVerdicts.Progress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SigningVerdictsTest {
    private static final Verdict TRUSTED = Verdict.holds(ConditionType.Trusted, "CertificateVerified", "verified");
    private static final Verdict NOT_TRUSTED = Verdict.fails(ConditionType.Trusted, "VerificationDisabled", "not");

    @Test
    void tasks_are_protected_only_where_nobody_takes_an_unsigned_one_and_the_broker_is_trusted() {
        assertEquals("True SignaturesRequired", says(enforced(List.of()), TRUSTED));
        assertEquals("False NotTrusted", says(enforced(List.of()), NOT_TRUSTED));
        assertEquals("False WorkersOutOfReach", says(enforced(List.of("theirs")), TRUSTED));
        assertEquals("False SignersPending", says(signing("Deployment/web"), TRUSTED));
    }

    @Test
    void who_is_waited_for_is_named() {
        Verdict verdict = SigningVerdicts.of(signing("Deployment/web"), Optional.of(TRUSTED));
        assertTrue(verdict.message().contains("Deployment/web"), verdict.message());
        assertTrue(verdict.message().contains("Signing"), verdict.message());
    }

    private static Progress enforced(List<String> outOfReach) {
        return new Progress("Enforced", true, List.of(), "", outOfReach);
    }

    private static Progress signing(String behind) {
        return new Progress("Signing", false, List.of(behind), "", List.of());
    }

    private static String says(Progress progress, Verdict trusted) {
        Verdict verdict = SigningVerdicts.of(progress, Optional.of(trusted));
        return verdict.status() + " " + verdict.reason();
    }
}
