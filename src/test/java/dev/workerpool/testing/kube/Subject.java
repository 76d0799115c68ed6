package dev.workerpool.testing.kube;

import java.util.List;

/** Whom a client certificate stands for: Kubernetes reads the user from CN and the groups from O. */
record Subject(String user, List<String> groups) {

    static final String ADMINISTRATORS = "system:masters";

    Subject {
        groups = List.copyOf(groups);
    }

    static Subject user(String user, String... groups) {
        return new Subject(user, List.of(groups));
    }
}
