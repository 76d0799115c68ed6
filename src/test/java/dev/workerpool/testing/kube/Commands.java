package dev.workerpool.testing.kube;

import java.util.List;

/** How the programs of one control plane are started. Paths are relative to the run's folder. */
record Commands(Ports ports, ControlPlaneModules modules) {

    Command etcd() {
        String client = "https://127.0.0.1:" + ports.etcd().client();
        String peer = "http://127.0.0.1:" + ports.etcd().peer();
        return new Command(
                "etcd",
                List.of(
                        "--name=test",
                        "--data-dir=etcd",
                        "--log-level=warn",
                        "--unsafe-no-fsync",
                        "--quota-backend-bytes=1073741824",
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=test=" + peer,
                        "--listen-metrics-urls=http://127.0.0.1:" + ports.etcd().metrics(),
                        "--cert-file=server.crt",
                        "--key-file=server.key",
                        "--trusted-ca-file=ca.crt",
                        "--client-cert-auth"));
    }

    Command apiServer() {
        return new Command(
                "kube-apiserver",
                List.of(
                        "--bind-address=127.0.0.1",
                        "--advertise-address=127.0.0.1",
                        "--secure-port=" + ports.apiServer(),
                        "--etcd-servers=https://127.0.0.1:" + ports.etcd().client(),
                        "--etcd-cafile=ca.crt",
                        "--etcd-certfile=server.crt",
                        "--etcd-keyfile=server.key",
                        "--tls-cert-file=server.crt",
                        "--tls-private-key-file=server.key",
                        "--client-ca-file=ca.crt",
                        "--kubelet-preferred-address-types=InternalIP",
                        "--kubelet-certificate-authority=ca.crt",
                        "--kubelet-client-certificate=kubelet-client.crt",
                        "--kubelet-client-key=kubelet-client.key",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-signing-key-file=server.key",
                        "--service-account-key-file=tokens.pub",
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--endpoint-reconciler-type=none",
                        "--anonymous-auth=false",
                        "--authorization-mode=Node,RBAC",
                        "--enable-admission-plugins=NodeRestriction",
                        "--allow-privileged=true",
                        "--profiling=false",
                        "--max-requests-inflight=2000",
                        "--max-mutating-requests-inflight=1000",
                        "--audit-policy-file=" + modules.auditPolicy(),
                        "--audit-log-path=log/audit.jsonl",
                        "--audit-log-mode=blocking",
                        // Megabytes. The reader counts in bytes from the file's beginning: it must not be rotated.
                        "--audit-log-maxsize=1000000"));
    }

    Command controllerManager() {
        return new Command(
                "kube-controller-manager",
                List.of(
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + ports.controllerManager(),
                        "--leader-elect=false",
                        "--kubeconfig=kube-controller-manager.kubeconfig",
                        "--authentication-kubeconfig=kube-controller-manager.kubeconfig",
                        "--authorization-kubeconfig=kube-controller-manager.kubeconfig",
                        "--use-service-account-credentials",
                        "--service-account-private-key-file=server.key",
                        "--root-ca-file=ca.crt",
                        "--cluster-signing-cert-file=ca.crt",
                        "--cluster-signing-key-file=ca.key",
                        "--tls-cert-file=server.crt",
                        "--tls-private-key-file=server.key",
                        "--profiling=false",
                        "--kube-api-qps=500",
                        "--kube-api-burst=1000",
                        // While a test has the API server stopped, the fake node must not be given up.
                        "--node-monitor-grace-period=1h"));
    }

    Command scheduler() {
        return new Command(
                "kube-scheduler",
                List.of(
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + ports.scheduler(),
                        "--leader-elect=false",
                        "--kubeconfig=kube-scheduler.kubeconfig",
                        "--authentication-kubeconfig=kube-scheduler.kubeconfig",
                        "--authorization-kubeconfig=kube-scheduler.kubeconfig",
                        "--tls-cert-file=server.crt",
                        "--tls-private-key-file=server.key",
                        "--profiling=false",
                        "--kube-api-qps=500",
                        "--kube-api-burst=1000"));
    }

    Command kwok() {
        return new Command(
                "kwok",
                List.of(
                        "--kubeconfig=kwok.kubeconfig",
                        "--manage-all-nodes=false",
                        "--manage-nodes-with-annotation-selector=" + FakeNode.ANNOTATION + "=" + FakeNode.KIND,
                        "--config=" + modules.kwokStages(),
                        "--node-lease-duration-seconds=40",
                        "--node-ip=127.0.0.1",
                        "--cidr=10.244.0.0/16",
                        "--server-address=127.0.0.1:" + ports.kwok()));
    }
}
