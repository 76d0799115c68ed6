package dev.workerpool.status;

import java.util.List;

/** What became of one client's Secrets. */
public sealed interface ClientState {

    /**
     * They hold the connection that was proven, and nobody runs with what they held before.
     *
     * @param byVariables whether there is one for envFrom too
     */
    record Current(boolean byVariables) implements ClientState {}

    /** Nothing was proven yet that they could hold. */
    record Unproven() implements ClientState {}

    /**
     * They hold it, but not all who read them have been started since.
     *
     * @param workloads such as {@code Deployment/web}, at least one
     */
    record Waiting(List<String> workloads) implements ClientState {
        public Waiting {
            workloads = List.copyOf(workloads);
        }
    }

    /** A Secret of that name is somebody else's. */
    record NameTaken(String secret) implements ClientState {}

    /** The API server takes no Secret, for the reason it gives. */
    record Refused(String secret, String why) implements ClientState {}

    /** A Secret for envFrom was left as it was: variables alone would have its readers verify otherwise than the Broker says. */
    record OutOfReach(String secret) implements ClientState {}
}
