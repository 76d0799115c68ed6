package dev.workerpool.framework;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Celery's serializer {@code auth} (content type {@code application/data}, since Celery 5.5) puts around a body: in
 * Base64, who signed, the signature, the body's type and encoding, and the body in clear. It is read, not verified.
 */
final class CelerySigned {
    static final String CONTENT_TYPE = "application/data";

    private static final Pattern BETWEEN = Pattern.compile("\0\u0001", Pattern.LITERAL);
    private static final int PARTS = 5;
    private static final int TYPE = 2;

    private CelerySigned() {}

    /** The body, where it is JSON. */
    static Optional<String> json(String signed) {
        return base64(signed)
                .map(whole -> BETWEEN.split(whole, PARTS))
                .filter(parts -> parts.length == PARTS && "application/json".equals(parts[TYPE]))
                .map(parts -> parts[PARTS - 1]);
    }

    static Optional<String> base64(String text) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
