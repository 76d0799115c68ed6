package dev.workerpool.tools.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide the terminal is: asked again now and then, since people change it. */
final class TerminalWidth {
    private static final int USUAL = 100;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");
    private static final long ASK_AFTER_NANOS = 2_000_000_000L;

    private int columns = USUAL;
    private long asked = System.nanoTime() - ASK_AFTER_NANOS;

    int columns() {
        if (System.nanoTime() - asked >= ASK_AFTER_NANOS) {
            asked = System.nanoTime();
            columns = ask();
        }
        return columns;
    }

    private static int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Matcher size = SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            int told = size.matches() ? Integer.parseInt(size.group(1)) : 0;
            return told > 0 ? told : USUAL;
        } catch (IOException noStty) {
            return USUAL;
        }
    }
}
