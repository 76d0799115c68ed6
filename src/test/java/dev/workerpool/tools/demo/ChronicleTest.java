package dev.workerpool.tools.demo;

import static dev.workerpool.tools.demo.AFrame.NOON;
import static dev.workerpool.tools.demo.AFrame.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChronicleTest {
    private final Chronicle chronicle = new Chronicle();

    @Test
    void anotherSizeIsToldWithTheOneBefore() {
        seen(0, "Idle");
        assertEquals(List.of("0 → 3 Backlog: because of Backlog"), seen(3, "Backlog"));
    }

    @Test
    void anotherReasonForTheSameSizeIsToldToo() {
        seen(3, "Backlog");
        assertEquals(List.of("3 LoweringSlowly: because of LoweringSlowly"), seen(3, "LoweringSlowly"));
    }

    @Test
    void whatIsAsItWasIsNotToldAgain() {
        seen(3, "Backlog");
        assertEquals(List.of(), seen(3, "Backlog"));
    }

    @Test
    void aPoolThatNothingIsDecidedOfYetIsNotTold() {
        Fleet.Row undecided = new Fleet.Row("mail", null, null, null, null, null, null, null, null);
        assertEquals(List.of(), chronicle.observe(new Fleet(0, List.of(undecided), List.of()), NOON));
    }

    @Test
    void theSizesAreRememberedOneAfterTheOther() {
        seen(0, "Idle");
        seen(3, "Backlog");
        seen(3, "LoweringSlowly");
        seen(2, "LoweringSlowly");
        assertEquals(Map.of("mail", List.of(0, 3, 2)), chronicle.sizes());
        assertEquals(Optional.of(NOON), chronicle.firstRaised());
    }

    private List<String> seen(int size, String reason) {
        return chronicle.observe(new Fleet(0, List.of(row("mail", 0L, size, reason)), List.of()), NOON).stream()
                .map(happening -> happening.step() + " " + happening.why())
                .toList();
    }
}
