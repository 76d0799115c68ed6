package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * In whatever order things happen, and whenever the operator dies: nobody holds a certificate whose authority is not trusted by the server
 * and published, and in the end everybody has one of the newest authority, which is the only one trusted.
 */
class RotationProperties {
    private static final int LIVES = 100;
    private static final int EVENTS = 100;

    @Test
    void no_connection_is_refused_and_every_rotation_ends() {
        int rotations = LongStream.range(0, LIVES).mapToInt(this::live).sum();
        assertTrue(rotations > LIVES, "rotations: " + rotations);
    }

    private int live(long seed) {
        Random random = new Random(seed);
        RotatingWorld world = new RotatingWorld(random);
        for (int event = 0; event < EVENTS; event++) {
            world.something();
            assertEquals("", world.refused(), () -> "seed " + seed + "\n" + world.told());
        }
        for (int round = 0; round < 40; round++) {
            world.everything();
            assertEquals("", world.refused(), () -> "seed " + seed + "\n" + world.told());
        }
        assertEquals("", world.unfinished(), () -> "seed " + seed + "\n" + world.told());
        return world.asked();
    }
}
