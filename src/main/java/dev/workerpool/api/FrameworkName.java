package dev.workerpool.api;

/** The job frameworks whose queues can be read. Their blocks in the spec carry their names in lower case. */
public enum FrameworkName {
    Celery,
    Sidekiq,
    RQ,
    BullMQ,
    Resque,
    Custom
}
