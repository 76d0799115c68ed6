package dev.workerpool.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Makes one of strings that are alike: of the texts in a thousand pools and their children most are the same ones again. Keeps the last
 * of each place only, so that what is said once pushes out nothing for long.
 */
final class SharedStrings extends StringDeserializer {
    private static final long serialVersionUID = 1L;
    private static final int PLACES = 4096;

    /** Longer ones, as messages are, are rarely alike. */
    private static final int LONGEST = 80;

    private final AtomicReferenceArray<String> last = new AtomicReferenceArray<>(PLACES);

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String read = super.deserialize(parser, context);
        return read == null || read.length() > LONGEST ? read : shared(read);
    }

    String shared(String text) {
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        String before = last.getAcquire(place);
        if (text.equals(before)) {
            return before;
        }
        last.setRelease(place, text);
        return text;
    }
}
