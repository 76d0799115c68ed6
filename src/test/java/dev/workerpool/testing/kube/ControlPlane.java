package dev.workerpool.testing.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A running Kubernetes control plane on loopback: etcd, API server (TLS, RBAC, nobody anonymous), controller manager, scheduler, and
 * one fake node whose pods become ready at once. The fake node keeps no grace periods: a deleted pod is gone at once.
 */
public final class ControlPlane implements AutoCloseable {

    private final Binaries.Found binaries;
    private final RunFolder folder;
    private final TestAuthority authority;
    private final Ports ports;
    private final Access access;
    private final Endpoint endpoint;
    private final Programs programs;
    private final Path adminKubeconfig;
    private final KubernetesClient admin;
    private final Tool kubectl;
    private final Tool helm;

    private ControlPlane(Binaries.Found binaries) {
        this.binaries = binaries;
        folder = RunFolder.fresh();
        authority = new TestAuthority();
        ports = Ports.free();
        access = new Access(new Kubeconfig(url(), authority.certificate()), authority, folder);
        Identity administrator = authority.client(Subject.user("admin", Subject.ADMINISTRATORS));
        adminKubeconfig = access.of("admin", Subject.user("admin", Subject.ADMINISTRATORS));
        endpoint = new Endpoint(authority, administrator);
        writeKeys();
        programs = Programs.start(binaries, folder, new Commands(ports, ControlPlaneModules.ofThisProject()), endpoint);
        admin = Access.client(adminKubeconfig);
        kubectl = new Tool("kubectl", binaries, folder);
        helm = new Tool("helm", binaries, folder);
    }

    /** What has to be done before one can be started on this machine. */
    public enum Readiness {
        /** Nothing: its programs are there. */
        THERE,
        /** They have to be built first, which takes minutes, once. */
        TO_BE_BUILT,
        /** Somebody has to get them, or Go. */
        MISSING
    }

    public static Readiness readiness() {
        return BinarySource.ofThisMachine().readiness();
    }

    /** For programs that people run: says nothing but what is built. The caller closes it. */
    public static ControlPlane start() {
        return switch (BinarySource.ofThisMachine().find()) {
            case Binaries.Missing missing -> throw new IllegalStateException(missing.line());
            case Binaries.Found found -> startQuietly(found);
        };
    }

    /** Returns when pods can be scheduled and the project's custom resources are served. The caller closes it. */
    static ControlPlane start(Binaries.Found binaries) {
        Instant before = Instant.now();
        ControlPlane started = startQuietly(binaries);
        System.err.printf(
                "Control plane up in %d ms, logs in %s%n",
                Duration.between(before, Instant.now()).toMillis(), started.folder.root());
        return started;
    }

    private static ControlPlane startQuietly(Binaries.Found binaries) {
        ControlPlane started = new ControlPlane(binaries);
        try {
            started.prepare();
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void writeKeys() {
        folder.write("ca", new Identity(authority.certificate(), authority.key()));
        folder.write("server", authority.server("kubernetes", "kubernetes.default", "kubernetes.default.svc"));
        folder.write("kubelet-client", authority.client(Subject.user("kube-apiserver", Subject.ADMINISTRATORS)));
        folder.write("tokens.pub", Pem.publicKey(authority.tokenKeys().getPublic()));
        access.of("kube-controller-manager", Subject.user("system:kube-controller-manager"));
        access.of("kube-scheduler", Subject.user("system:kube-scheduler"));
        access.of("kwok", Subject.user("kwok", Subject.ADMINISTRATORS));
    }

    private void prepare() {
        admin.resource(FakeNode.object()).create();
        CustomResources.apply(admin);
        Waiting.until(
                "the fake node",
                Duration.ofSeconds(60),
                () -> FakeNode.takesPods(admin.nodes().withName(FakeNode.NAME).require()),
                programs::mustBeAlive);
    }

    public String url() {
        return "https://127.0.0.1:" + ports.apiServer();
    }

    /** A client that may do everything. It belongs to the control plane: do not close it. */
    public KubernetesClient admin() {
        return admin;
    }

    public Path adminKubeconfig() {
        return adminKubeconfig;
    }

    /** For a user by client certificate. Nothing is allowed to him unless a test binds a role. */
    public Path kubeconfigFor(String user, String... groups) {
        return access.of(Subject.user(user, groups));
    }

    /** For a service account by a token that is good for a day. The account must exist. */
    public Path kubeconfigForServiceAccount(String namespace, String name) {
        return access.ofServiceAccount(admin, namespace, name);
    }

    /** The caller closes the client. */
    public KubernetesClient clientFor(Path kubeconfig) {
        return Access.client(kubeconfig);
    }

    SSLContext tlsWithoutIdentity() {
        return TestTls.context(authority.certificate(), Optional.empty());
    }

    /** What has been asked of the API server, by anyone. */
    public AuditLog auditLog() {
        return new AuditLog(folder.auditLog(), url(), endpoint);
    }

    /** Runs kubectl as the administrator. */
    public Tool.Result kubectl(String... arguments) {
        return kubectl.run(adminKubeconfig, "", List.of(arguments));
    }

    /** Runs kubectl as the administrator, with this on its standard input. */
    public Tool.Result kubectlOn(String input, String... arguments) {
        return kubectl.run(adminKubeconfig, input, List.of(arguments));
    }

    /** Runs helm as the administrator. */
    public Tool.Result helm(String... arguments) {
        return helm.run(adminKubeconfig, "", List.of(arguments));
    }

    /** Runs {@code kubectl apply} in a namespace, as the administrator, on YAML or JSON. */
    public Tool.Result apply(TestNamespace namespace, String manifest) {
        return kubectl.run(adminKubeconfig, manifest, List.of("apply", "--namespace", namespace.name(), "-f", "-"));
    }

    /** One of the programs that were built with the control plane, as the kubelet. */
    public Path program(String name) {
        return binaries.path(name);
    }

    /** A program from elsewhere, by its path: ended with this JVM, if not before. */
    LeashedProcess run(Path program, String... arguments) {
        return LeashedProcess.start(binaries, folder, new Command(program.toString(), List.of(arguments)));
    }

    /** The certificate of the authority that all servers and clients here trust. */
    public Path authorityCertificate() {
        return folder.file("ca.crt");
    }

    /** The certificate of one more server on loopback, under further DNS names; its key is beside it, named {@code .key}. */
    public Path serverCertificate(String name, String... dnsNames) {
        folder.write(name, authority.server(dnsNames));
        return folder.file(name + ".crt");
    }

    /**
     * A proxy whose clients are the administrator, or another user of the group {@code system:masters}, to be told apart in the audit
     * log. The caller closes it.
     */
    public ApiProxy proxyAs(String administrator, Interceptor interceptor) {
        return ApiProxy.as(upstream(), Subject.user(administrator, Subject.ADMINISTRATORS), interceptor);
    }

    /** A proxy whose kubeconfig is a service account's. The caller closes it. */
    public ApiProxy proxyAsServiceAccount(String namespace, String name, Interceptor interceptor) {
        return ApiProxy.withToken(upstream(), Access.token(admin, namespace, name), interceptor);
    }

    private ApiProxy.Upstream upstream() {
        return new ApiProxy.Upstream(ports.apiServer(), authority, folder);
    }

    /** Kills the API server and returns when it is gone. What it has stored stays. */
    public void stopApiServer() {
        programs.stopApiServer();
    }

    /** Starts a stopped API server at the same address and returns when it is ready. */
    public void startApiServer() {
        programs.startApiServer();
    }

    /** A test that failed during its outage leaves the next one a stopped API server. */
    void endOutage() {
        if (!programs.isApiServerAlive()) {
            programs.startApiServer();
        }
    }

    @Override
    public void close() {
        admin.close();
        endpoint.close();
        programs.stop();
        folder.deleteData();
    }

    /** As {@link #close}, and not even the logs stay. */
    public void closeAndForget() {
        close();
        folder.delete();
    }
}
