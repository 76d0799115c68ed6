package dev.workerpool.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Tally tally = new Tally();

    @Test
    void allThatWereSentAreDone() {
        sent("a", "b");
        done("a", "b");
        assertEquals("2 enqueued, 2 done, 0 lost", firstLine(0));
        assertTrue(summary(0).isGood());
    }

    @Test
    void whatStillWaitsWhenItIsStoppedIsNotLost() {
        sent("a", "b", "c");
        done("a");
        assertEquals("3 enqueued, 1 done, 2 left in their queues, 0 lost", firstLine(2));
        assertTrue(summary(2).isGood());
    }

    @Test
    void aJobThatIsNeitherDoneNorWaitsIsLost() {
        sent("a", "b");
        done("a");
        assertEquals("2 enqueued, 1 done, 1 lost", firstLine(0));
        assertFalse(summary(0).isGood());
    }

    @Test
    void aJobThatIsDoneTwiceShows() {
        sent("a");
        done("a", "a");
        assertEquals("1 enqueued, 1 done, 0 lost, 1 done twice", firstLine(0));
        assertFalse(summary(0).isGood());
    }

    private void sent(String... jobs) {
        for (String job : jobs) {
            tally.enqueued(job);
        }
    }

    private void done(String... jobs) {
        for (String job : jobs) {
            tally.done(job);
        }
    }

    private Summary summary(long left) {
        return new Summary(tally.figures(), left, new Chronicle());
    }

    private String firstLine(long left) {
        return summary(left).lines(AFrame.NOON, Duration.ofMillis(400)).getFirst();
    }
}
