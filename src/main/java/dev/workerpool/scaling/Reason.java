package dev.workerpool.scaling;

/** Why a pool has the size it has: one word, the same in status, events and metrics. */
public enum Reason {
    /** {@code spec.replicas} says so. */
    FixedReplicas,
    /** What waits, is held or is due needs so many. */
    Backlog,
    /** What runs or is held needs so many. */
    Running,
    /** Nothing to do; never fewer than minReplicas. */
    MinReplicas,
    /** More are needed, but never more than maxReplicas. */
    MaxReplicas,
    /** Idleness was proven for idleAfter. */
    Idle,
    /** Everything reads zero, but not yet for idleAfter, or not every worker has said so. */
    IdleNotProven,
    /** Fewer would do, but at most half go in a minute, and none that the last minute needed. */
    LoweringSlowly,
    /** The operator has not watched for a full window since it started: it lowers nothing yet. */
    JustStarted,
    /** Scaling is paused: the present size is kept. */
    Paused,
    /** The broker does not answer: the present size is kept. */
    BrokerUnavailable,
    /** A figure of the queues cannot be read: nothing is lowered. */
    BacklogUnknown,
    /** What runs is unknown: nothing is lowered. */
    RunningUnknown,
    /** Workers that have just started, or are about to end, do not say what they run: nothing is lowered for now. */
    WorkersSettling
}
