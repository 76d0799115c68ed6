package dev.workerpool.api;

/** What workers do where the broker's URL comes to lead to another server, which does not hold the old one's jobs. */
public enum OnMove {
    /** They stay on the old one until it is empty or gone. */
    Drain,
    /** They follow at once; what remains on the old one is told. */
    Follow
}
