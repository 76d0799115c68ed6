package dev.workerpool.operator.survival;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * When an operator is killed: at a write, known by its words and by how many of the same came before it. (How often a
 * status is written depends on how often it was looked at, so a number alone would mean another write in each run.)
 *
 * @param number the write's place in the undisturbed run, from 1
 * @param occurrence 1 for the first of the same words
 */
record Death(int number, String write, int occurrence, Moment moment) {
    /** Never: the run that the others are compared with. */
    static final Death NONE = new Death(0, "", 0, Moment.BEFORE_SENDING);

    enum Moment {
        /** The server has not seen the write. */
        BEFORE_SENDING,
        /** The server has committed it; the operator has not heard so. */
        AFTER_COMMIT
    }

    /** At each of these writes, at both moments. */
    static List<Death> atEach(List<String> writes) {
        List<Death> deaths = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            int occurrence = Collections.frequency(writes.subList(0, i + 1), writes.get(i));
            for (Moment moment : Moment.values()) {
                deaths.add(new Death(i + 1, writes.get(i), occurrence, moment));
            }
        }
        return deaths;
    }

    boolean isAt(List<String> writes) {
        return !writes.isEmpty()
                && writes.getLast().equals(write)
                && Collections.frequency(writes, write) == occurrence;
    }

    /** A status may have been written less often, with the same end. */
    boolean mustHappen() {
        return !write.endsWith("/status") || occurrence == 1;
    }

    String words() {
        return "%-45s %-15s".formatted(write + (occurrence > 1 ? " (" + occurrence + ")" : ""), moment);
    }
}
