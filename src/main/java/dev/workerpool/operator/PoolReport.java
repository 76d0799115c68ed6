package dev.workerpool.operator;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.status.PoolSituation;

/** What people are told of a pool after one reconcile. */
record PoolReport(PoolSituation situation, WorkerPoolStatus status) {}
