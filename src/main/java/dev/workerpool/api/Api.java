package dev.workerpool.api;

/** The group and version of every resource here. */
public final class Api {
    public static final String GROUP = "workerpool.dev";
    public static final String VERSION = "v1alpha1";

    /** A Go-style duration, as elsewhere in Kubernetes: one or more numbers, each with its unit. */
    public static final String DURATION = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

    private Api() {}
}
