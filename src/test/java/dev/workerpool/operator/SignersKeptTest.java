package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.api.Broker;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.SignersSecret;
import dev.workerpool.testing.builders.ABroker;
import dev.workerpool.tls.Signers;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignersKeptTest {
    private final Broker broker = ABroker.aBroker().build();
    private final Secret own = new SecretBuilder(SignersSecret.of(broker, Signers.NONE))
            .editMetadata()
            .withUid("uid-of-secret")
            .endMetadata()
            .build();

    @Test
    void keys_that_were_made_for_this_broker_are_used() {
        assertInstanceOf(SignersKept.Here.class, SignersKept.of(broker, Optional.of(own)));
        assertInstanceOf(SignersKept.Nothing.class, SignersKept.of(broker, Optional.empty()));
    }

    @Test
    void those_of_a_broker_before_are_used_on_a_persons_word_alone() {
        Secret before = new SecretBuilder(own)
                .editMetadata()
                .addToAnnotations("workerpool.dev/broker-uid", "another")
                .endMetadata()
                .build();
        assertEquals("SigningKeysFound", doubt(Optional.of(before)));
        broker.getMetadata().setAnnotations(Map.of(Labels.ACCEPT_SIGNING_KEYS, "uid-of-secret"));
        assertInstanceOf(SignersKept.Here.class, SignersKept.of(broker, Optional.of(before)));
    }

    @Test
    void a_strangers_secret_and_one_that_cannot_be_read_are_left_as_they_are() {
        Secret strangers = new SecretBuilder(own)
                .editMetadata()
                .withLabels(Map.of())
                .endMetadata()
                .build();
        assertEquals("NameConflict", doubt(Optional.of(strangers)));
        assertEquals(
                "SigningKeysUnreadable",
                doubt(Optional.of(new SecretBuilder(own).withData(Map.of()).build())));
    }

    @Test
    void keys_that_have_gone_are_not_made_anew_under_workers_that_know_others() {
        broker.setStatus(ABroker.statusOfSigning("Enforced"));
        assertEquals("SigningKeysMissing", doubt(Optional.empty()));
        broker.setStatus(ABroker.statusOfSigning("Off"));
        assertInstanceOf(SignersKept.Nothing.class, SignersKept.of(broker, Optional.empty()));
    }

    private String doubt(Optional<Secret> live) {
        return assertInstanceOf(SignersKept.Doubtful.class, SignersKept.of(broker, live))
                .reason();
    }
}
