package dev.workerpool.architecture.seeded.operator;

import java.util.concurrent.ConcurrentHashMap;

/** Breaks a rule, to prove that it can be broken. */
final class Remembers {
    static final ConcurrentHashMap<String, String> SEEN = new ConcurrentHashMap<>();
    static int last;

    private Remembers() {}
}
