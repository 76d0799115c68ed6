package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

class SubjectsTest {
    @Test
    void an_honest_name_is_told_as_it_is() {
        assertEquals("CN=Łódź CA,O=Corp", Subjects.of(new X500Principal("CN=Łódź CA,O=Corp")));
    }

    @Test
    void neither_lines_nor_colours_nor_another_direction_of_reading_come_out_of_a_certificate() {
        assertEquals(
                "CN=a\uFFFDtls: {verify: None}\uFFFD[31m\uFFFDb",
                Subjects.readable("CN=a\ntls: {verify: None}\u001b[31m\u202eb"));
    }

    @Test
    void a_long_name_is_cut() {
        String told = Subjects.readable("x".repeat(10_000));
        assertTrue(told.length() < 300 && told.endsWith("…"), told);
    }
}
