package dev.workerpool.operator.survival;

import dev.workerpool.testing.kube.AuditEntry;
import dev.workerpool.testing.kube.AuditLog;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Two operators for one namespace, each under its own name in the audit log; one leads, the other stands by. */
final class Pair implements AutoCloseable {
    /** One of the two. */
    record Member(String user, PackagedOperator operator) {}

    private final ControlPlane cluster;
    private final TestNamespace namespace;
    private final String lease;
    private Member leader;
    private Member standby;

    /** @param lease how long a lease lasts */
    Pair(ControlPlane cluster, TestNamespace namespace, Duration lease) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.lease = "--lease-duration=" + lease;
        AuditLog.Mark before = cluster.auditLog().mark();
        leader = start("first");
        awaitLeader(leader, before);
        standby = start("second");
    }

    private Member start(String name) {
        String user = name + "-" + namespace;
        return new Member(
                user,
                PackagedOperator.start(
                        cluster.kubeconfigFor(user, "system:masters"),
                        "--namespace=" + namespace,
                        "--lease-namespace=" + namespace,
                        lease));
    }

    Member leader() {
        return leader;
    }

    Member standby() {
        return standby;
    }

    /** Waits until the other one holds the lease, and swaps the roles. Returns the request that took it. */
    AuditEntry awaitTakeover(AuditLog.Mark since) {
        AuditEntry taking = awaitLeader(standby, since);
        Member before = leader;
        leader = standby;
        standby = before;
        return taking;
    }

    /** On a busy machine a short lease is sometimes lost between two looks: who renews it leads. */
    void lookWhoLeads(AuditLog.Mark since) {
        Awaitility.await("someone who renews the lease")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> firstLeaseWrite(leader, since).isPresent()
                        || firstLeaseWrite(standby, since).isPresent());
        if (firstLeaseWrite(leader, since).isEmpty()) {
            Member before = leader;
            leader = standby;
            standby = before;
        }
    }

    /** In place of one that has ended. */
    void startStandby(String name) {
        standby.operator().close();
        standby = start(name);
    }

    private AuditEntry awaitLeader(Member member, AuditLog.Mark since) {
        return Awaitility.await(member.user() + " takes the lease")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> firstLeaseWrite(member, since), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<AuditEntry> firstLeaseWrite(Member member, AuditLog.Mark since) {
        return cluster.auditLog().since(since).stream()
                .filter(entry -> member.user().equals(entry.user()) && isLease(entry))
                .filter(entry -> entry.isWrite() && entry.code() < 300)
                .findFirst();
    }

    /** What this one wrote besides the lease, refused writes included. */
    List<AuditEntry> writes(Member member, AuditLog.Mark since) {
        return cluster.auditLog().since(since).stream()
                .filter(entry -> member.user().equals(entry.user()) && entry.isWrite() && !isLease(entry))
                .toList();
    }

    static boolean isLease(AuditEntry entry) {
        return "leases".equals(entry.target().resource());
    }

    @Override
    public void close() {
        leader.operator().close();
        standby.operator().close();
    }
}
