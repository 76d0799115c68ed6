package dev.workerpool.api;

/** What is done where jobs wait and a worker takes none. */
public enum OnStuck {
    /** It is said. */
    Report,
    /** It is said, and such a worker is replaced, one at a time. */
    Replace
}
