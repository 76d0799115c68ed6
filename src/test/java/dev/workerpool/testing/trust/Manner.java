package dev.workerpool.testing.trust;

/** What an app's own code says of verification. */
public enum Manner {
    /** Nothing: it takes the URL as it is. */
    SILENT,
    /** As the advice everywhere is: it hard-codes that nothing is verified. */
    VERIFYING_NOTHING
}
