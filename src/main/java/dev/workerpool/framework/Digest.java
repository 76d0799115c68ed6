package dev.workerpool.framework;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells one job from another where its framework gives it no name that is easy to read. */
final class Digest {
    private static final int CHARACTERS = 16;

    private Digest() {}

    /** 64 bits of SHA-256: short, and no two jobs of one queue will share it. */
    static String of(String job) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(job.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
