package dev.workerpool.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names for contents: equal contents, equal fingerprints, whatever the order of their fields. */
public final class Fingerprint {
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private Fingerprint() {}

    /** The first 80 bits of the SHA-256 of the value's canonical JSON, in hexadecimal. */
    public static String of(Object value) {
        try {
            // Through a tree: fields from any-getters are sorted among the others only there.
            byte[] json = CANONICAL.writeValueAsBytes(CANONICAL.<JsonNode>valueToTree(value));
            return HexFormat.of().formatHex(sha256().digest(json), 0, 10);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value without JSON: " + value.getClass(), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
