package dev.workerpool.story.badinput;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks for secrets where none may be: as they are, percent-encoded, and in Base64 wherever they begin in what was encoded. */
record SecretSearch(Set<String> secrets) {
    private static final int SHORTEST = 8;

    SecretSearch {
        secrets = Set.copyOf(secrets);
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length() < SHORTEST)) {
            throw new IllegalArgumentException("too little to be told from other text");
        }
    }

    /** The places that hold one; it is not quoted. A place without any text was not looked into. */
    List<String> placesOf(Map<String, String> texts) {
        texts.forEach((place, text) -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("nothing to search in " + place);
            }
        });
        return texts.entrySet().stream()
                .filter(text ->
                        secrets.stream().flatMap(SecretSearch::spellings).anyMatch(text.getValue()::contains))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Stream<String> spellings(String secret) {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Stream.concat(
                Stream.of(secret, encoded, encoded.replace("+", "%20")),
                IntStream.range(0, 3).mapToObj(offset -> base64(secret, offset)));
    }

    /** Only the characters that do not depend on what stands before and after. */
    private static String base64(String secret, int offset) {
        byte[] bytes = ("-".repeat(offset) + secret).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int first = offset == 0 ? 0 : offset + 1;
        return encoded.substring(first, bytes.length * 8 / 6);
    }
}
