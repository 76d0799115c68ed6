package dev.workerpool.operator.survival;

import static org.awaitility.Awaitility.await;

import dev.workerpool.testing.kube.ApiProxy;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.Interceptor.Fate;
import dev.workerpool.testing.kube.MutatingRequest;
import dev.workerpool.testing.operator.PackagedOperator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** One life of a pool, in which the operator dies once and another takes over. */
final class KilledRun implements AutoCloseable {
    private final Life life;
    private final Death death;
    private final ApiProxy proxy;
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<PackagedOperator> operator = new CompletableFuture<>();
    private final List<PackagedOperator> next = new ArrayList<>();
    private volatile boolean died;

    KilledRun(ControlPlane cluster, Life life, Death death) {
        this.life = life;
        this.death = death;
        this.proxy = cluster.proxyAs("operator-" + life.namespace(), this::decide);
    }

    /** Returns what is there in the end, once it is as expected or does not become so. */
    Snapshot run(Snapshot expected) {
        liveOnce();
        Snapshot[] found = {Snapshot.of(life.client(), life.namespace())};
        try {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        found[0] = Snapshot.of(life.client(), life.namespace());
                        return found[0].equals(expected);
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            return found[0];
        }
        return found[0];
    }

    /** What is there when nothing has changed for a while. */
    Snapshot undisturbed() {
        liveOnce();
        Snapshot before = Snapshot.of(life.client(), life.namespace());
        for (int same = 0; same < 6; ) {
            pause(Duration.ofMillis(500));
            Snapshot now = Snapshot.of(life.client(), life.namespace());
            same = now.equals(before) ? same + 1 : 0;
            before = now;
        }
        return before;
    }

    /** The operator's writes in their order, the lease's aside: of the one that died, the one it died of as the last. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    boolean died() {
        return died;
    }

    private void liveOnce() {
        life.prepare();
        operator.complete(launch(proxy.kubeconfig()));
        life.live();
    }

    private synchronized Fate decide(MutatingRequest request) {
        if (died || !isWrite(request)) {
            return new Fate.Pass();
        }
        writes.add(Request.inWords(request));
        if (!death.isAt(writes)) {
            return new Fate.Pass();
        }
        died = true;
        return switch (death.moment()) {
            case BEFORE_SENDING -> new Fate.CutBeforeSending(this::killAndReplace);
            case AFTER_COMMIT -> new Fate.CutAfterCommit(this::killAndReplace);
        };
    }

    /** Renewing the lease is no work, and asking what one may do writes nothing. */
    private static boolean isWrite(MutatingRequest request) {
        return !request.path().contains("/leases") && !request.path().contains("/apis/authorization.k8s.io/");
    }

    private void killAndReplace() {
        operator.join().kill();
        synchronized (next) {
            next.add(launch(proxy.kubeconfig()));
        }
    }

    private PackagedOperator launch(Path kubeconfig) {
        return PackagedOperator.launch(
                kubeconfig,
                "--namespace=" + life.namespace(),
                "--lease-namespace=" + life.namespace(),
                "--lease-duration=PT5S");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String logs() {
        StringBuilder logs = new StringBuilder("first:\n" + operator.join().log());
        synchronized (next) {
            next.forEach(one -> logs.append("\nnext:\n").append(one.log()));
        }
        return logs.toString();
    }

    @Override
    public void close() {
        operator.thenAccept(PackagedOperator::close).join();
        synchronized (next) {
            next.forEach(PackagedOperator::close);
        }
        proxy.close();
        life.end();
    }
}
