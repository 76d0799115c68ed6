package dev.workerpool.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void is_short_enough_for_a_name() {
        assertTrue(Fingerprint.of(Map.of("a", 1)).matches("[0-9a-f]{20}"));
    }

    @Test
    void the_order_of_fields_is_nothing() {
        Map<String, Integer> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", 2);
        Map<String, Integer> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", 1);
        assertEquals(Fingerprint.of(one), Fingerprint.of(other));
    }

    @Test
    void the_order_of_items_is_something() {
        assertNotEquals(Fingerprint.of(List.of(1, 2)), Fingerprint.of(List.of(2, 1)));
    }

    @Test
    void fields_that_the_client_library_does_not_know_count_in_any_order() {
        PodSpec one = new PodSpec();
        one.setAdditionalProperty("newer", true);
        one.setAdditionalProperty("newest", "x");
        PodSpec other = new PodSpec();
        other.setAdditionalProperty("newest", "x");
        other.setAdditionalProperty("newer", true);
        assertEquals(Fingerprint.of(one), Fingerprint.of(other));
        assertNotEquals(Fingerprint.of(one), Fingerprint.of(new PodSpec()));
    }
}
