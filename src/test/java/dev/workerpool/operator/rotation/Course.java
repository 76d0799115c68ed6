package dev.workerpool.operator.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.workerpool.tls.ClientIdentity;
import java.util.List;
import java.util.Set;

/** The course of a rotation, as those see it who connect all the time. */
record Course(Certified stage) {

    /** Pools get other certificates, and by the same authority. */
    void ofLeaves() {
        ClientIdentity first = stage.identity("mail");
        ClientIdentity other = stage.identity("reports");
        String before = stage.authority().orElseThrow().sha256();
        assertEquals("CN=mail", first.subject());
        assertEquals("CN=reports", other.subject());
        stage.rotate("leaf-1");
        stage.awaitAnother("mail", first);
        stage.awaitAnother("reports", other);
        stage.awaitSettled("");
        assertEquals(before, stage.authority().orElseThrow().sha256(), "of the same authority");
    }

    /** @param former of an authority that another has followed */
    void wasWithoutARefusal(ClientIdentity former) {
        System.out.printf(
                "%d connections, %d refused; steps %s%n",
                stage.connections(), stage.refused().size(), stage.steps());
        assertEquals(List.of(), stage.refused());
        assertEquals(List.of(), stage.together(), "one pool after the other");
        assertEquals(Set.of("Stable", "TrustNew", "UseNew"), stage.steps());
        assertNotEquals("+PONG", stage.ping(former), "the former authority is trusted no longer");
    }
}
