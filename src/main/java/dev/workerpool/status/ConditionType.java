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
    /** What must run exactly once beside the pool's workers does. Said only where there is something of the kind. */
    SingletonsReady,
    /** The pool's workers are given their broker, and made to verify it. Said of a pool that runs its own workers, once it is proven. */
    ConnectionInjected,
    /** The pool's pods meet the restricted Pod Security Standard. Said of a pool that runs its own workers. */
    Restricted,
    /** A NetworkPolicy says who reaches the workers, or the broker's pods. Said where the spec asks for one. */
    NetworkPolicyApplied,
    /** The broker answers. */
    Reachable,
    /** The broker is who it says it is. */
    Trusted,
    /** There are client certificates to present. Said only where the spec asks for them. */
    CertificateReady,
    /** None of the certificates that its connections need is near its end. Said of a broker with TLS. */
    CertificatesCurrent,
    /** Workers run no task of Celery's but signed ones, over a broker that is trusted. Said only where messages are to be signed. */
    Protected,

    /** The broker throws keys away when its memory is full, queues among them. */
    EvictsKeys,
    /** The broker has nearly as many connections as it takes. */
    NearConnectionLimit,
    /** Each client of the broker has the connection that was proven, and runs with it. Said only where there are clients. */
    ClientsReady,
    /** The broker's URL leads to another server, and jobs are on the old one. Said only from such a move on. */
    JobsLeftBehind
}
