package dev.workerpool.api;

/**
 * One thing that a schema refuses.
 *
 * @param path where a refusal points, with [] for any item of a list, such as spec.queues[].name
 * @param constraint such as "maximum 64", or the message of a rule in CEL
 */
record SchemaRule(String path, String constraint) {
    @Override
    public String toString() {
        return path + ": " + constraint;
    }
}
