package dev.workerpool.tools.demo;

import static dev.workerpool.tools.demo.AFrame.aFrame;
import static dev.workerpool.tools.demo.AFrame.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(ZoneOffset.UTC);

    @Test
    void aPoolIsALineOfFiguresAndALineOfWhy() {
        String text = text(aFrame().withPool(row("mail", 12L, 3, "Backlog")).build());
        assertTrue(text.contains("mail            12      3s        0        3  ■■■           Backlog"), text);
        assertTrue(text.contains("    because of Backlog"), text);
    }

    @Test
    void whatIsNotKnownIsADash() {
        String text =
                text(aFrame().withPool(row("mail", null, 3, "BacklogUnknown")).build());
        assertTrue(text.contains("mail             –"), text);
    }

    @Test
    void theHeadSaysHowLongHowManyAndWhereThePageIs() {
        assertEquals(
                "  1:23   20 jobs enqueued, 12 done   http://127.0.0.1:8081/   Ctrl-C ends it",
                table.of(aFrame().build()).getFirst().text());
    }

    @Test
    void itsHeightStaysTheSameWhateverHasHappenedSoThatItCanBeDrawnOverItself() {
        assertEquals(
                table.of(aFrame().build()).size(),
                table.of(aFrame().withHappenings(30).build()).size());
    }

    @Test
    void theLastHappeningsAreShownInTheOrderTheyCame() {
        List<String> lines = table.of(aFrame().withHappenings(30).build()).stream()
                .map(Line::text)
                .toList();
        assertEquals("  12:00:29  mail      29 → 30   Backlog: more", lines.getLast());
        assertFalse(String.join("\n", lines).contains("12:00:00"));
    }

    @Test
    void noLineIsWiderThanTheTerminalWhateverItsColours() {
        Frame frame = aFrame().withPool(row("mail", 12L, 3, "Backlog"))
                .withHappenings(3)
                .build();
        for (Line line : table.of(frame)) {
            String seen = line.painted(30).replaceAll("\u001b\\[[0-9;]*m", "");
            assertTrue(seen.length() <= 30, seen);
        }
        assertEquals("abc…", Line.of(Style.PLAIN, "abcdef").painted(4));
        assertEquals("abcd", Line.of(Style.PLAIN, "abcd").painted(4));
    }

    private String text(Frame frame) {
        return String.join("\n", table.of(frame).stream().map(Line::text).toList());
    }
}
