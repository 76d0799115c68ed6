package dev.workerpool.api;

/** The group and version of every resource here. */
public final class Api {
    public static final String GROUP = "workerpool.dev";
    public static final String VERSION = "v1alpha1";

    /**
     * A Go-style duration, as elsewhere in Kubernetes: one or more numbers, each with its unit. Together with a length
     * of at most {@value #DURATION_LENGTH} nothing that matches overflows the duration() of CEL, which would fail with a
     * message of its own.
     */
    public static final String DURATION = "^([0-9]{1,8}ms|[0-9]{1,5}([.][0-9]{1,3})?[smh])+$";

    /** The name of an environment variable. */
    static final String VARIABLE = "^[A-Za-z_][A-Za-z0-9_]*$";

    static final int DURATION_LENGTH = 32;

    static final String NAME_RULE = "self.name.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')";
    static final String NAME_MESSAGE = "must be a name of an object: lower case letters, digits, '-' and '.'";
    static final String KEY_RULE = "self.key.matches('^[-._a-zA-Z0-9]+$')";
    static final String KEY_MESSAGE = "must be a key of a Secret or ConfigMap: letters, digits, '-', '_' and '.'";

    private Api() {}
}
