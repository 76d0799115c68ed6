package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * In whatever order things happen, and whenever the operator dies: nobody who runs would drop a message, be it fresh or as old as former
 * ones are taken; and in the end all sign, by one key each, and take nothing else.
 */
class SigningProperties {
    private static final int LIVES = 100;
    private static final int EVENTS = 300;

    @Test
    void no_message_is_dropped_while_signing_comes_and_goes_and_every_rotation_ends() {
        int rotations = LongStream.range(0, LIVES).mapToInt(this::live).sum();
        assertTrue(rotations > LIVES, "rotations: " + rotations);
    }

    private int live(long seed) {
        SigningWorld world = new SigningWorld(new Random(seed));
        for (int event = 0; event < EVENTS; event++) {
            world.something();
            nothingIsDropped(world, seed);
        }
        world.switchOn();
        for (int round = 0; round < 80; round++) {
            world.everything(Duration.ofHours(5));
            nothingIsDropped(world, seed);
        }
        assertEquals("", world.unfinished(), () -> "seed " + seed + "\n" + world.told());
        return world.asked();
    }

    @Test
    void over_the_years_no_certificate_that_has_ended_is_given_to_anybody_and_no_message_is_dropped() {
        SigningWorld world = new SigningWorld(new Random(1));
        for (int hour = 0; hour < 3 * 365 * 24; hour += 6) {
            world.everything(Duration.ofHours(6));
            nothingIsDropped(world, 1);
            assertFalse(world.givesAnEndedCertificate(), world::told);
        }
        assertTrue(world.keys() > 3 * 12, "keys: " + world.keys());
    }

    @Test
    void not_even_where_somebody_is_never_restarted() {
        SigningWorld world = new SigningWorld(new Random(1));
        for (int round = 0; round < 40; round++) {
            world.everything(Duration.ofHours(6));
        }
        assertEquals("", world.unfinished());
        world.clientIsStubborn();
        int before = world.keys();
        for (int hour = 0; hour < 2 * 365 * 24; hour += 6) {
            world.everything(Duration.ofHours(6));
            assertFalse(world.givesAnEndedCertificate(), world::told);
        }
        assertTrue(world.keys() > before + 3 * 5, "keys: " + world.keys());
    }

    private static void nothingIsDropped(SigningWorld world, long seed) {
        assertEquals("", world.dropped(), () -> "seed " + seed + "\n" + world.told());
    }
}
