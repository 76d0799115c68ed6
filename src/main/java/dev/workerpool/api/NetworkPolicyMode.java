package dev.workerpool.api;

/** Whether the operator keeps a NetworkPolicy for the pods of a pool. */
public enum NetworkPolicyMode {
    /** One that admits nobody, and lets them reach their broker, name servers and what is listed. */
    Managed,
    /** None. */
    None
}
