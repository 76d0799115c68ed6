package dev.workerpool.status;

/** The conditions of both resources. Ready, Reconciling and Stalled are those of kstatus. */
public enum ConditionType {
    /** The pool runs as it should, zero replicas included; the broker can be used. */
    Ready,
    /** A change is on its way. */
    Reconciling,
    /** Stuck until somebody does something. */
    Stalled,
    /** The pool's broker was proven and answers. */
    BrokerReady,
    /** The operator chooses the number of pods, and knows enough to. */
    ScalingActive,
    /** What waits in the pool's queues is taken from them. */
    QueuesConsumed,
    /** Periodic jobs are enqueued while the pool sleeps. Said only of a pool that may, and where there are such jobs. */
    PeriodicJobs,
    /** The broker answers. */
    Reachable,
    /** The broker is who it says it is. */
    Trusted,
    /** The broker throws keys away when its memory is full, queues among them. */
    EvictsKeys,
    /** The broker has nearly as many connections as it takes. */
    NearConnectionLimit
}
