package dev.workerpool.testing.jobs;

import java.time.Duration;

/** A real worker process in the place of a pod's container. Closing it kills it. */
public final class RunningWorker implements AutoCloseable {
    private final WorkerPod pod;
    private final Child child;

    RunningWorker(WorkerPod pod, Child child) {
        this.pod = pod;
        this.child = child;
    }

    public String podName() {
        return pod.name();
    }

    public long pid() {
        return child.process().pid();
    }

    public String log() {
        return child.log();
    }

    public boolean isAlive() {
        return child.process().isAlive();
    }

    /** What the kubelet sends first; the worker drains on its own time. */
    public void askToTerminate() {
        child.process().destroy();
    }

    /** TERM, and SIGKILL after the grace period, as the kubelet does; true where it ended by itself. */
    public boolean terminate(Duration gracePeriod) {
        askToTerminate();
        boolean ended = child.endedWithin(gracePeriod);
        child.close();
        return ended;
    }

    /** SIGKILL: a lost node, an out-of-memory kill. */
    public void kill() {
        child.close();
    }

    /** SIGSTOP to the main process: alive, but silent. */
    public void pause() {
        child.signal("STOP");
    }

    public void resume() {
        child.signal("CONT");
    }

    @Override
    public void close() {
        child.close();
    }
}
