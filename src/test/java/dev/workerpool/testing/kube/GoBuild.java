package dev.workerpool.testing.kube;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the programs with {@code go build} from the modules that the test sources pin. */
record GoBuild(Path go, ControlPlaneModules modules) implements BinaryBuild {

    private record Program(String module, String pkg) {

        private String name() {
            String last = pkg.substring(pkg.lastIndexOf('/') + 1);
            return switch (last) {
                case "v3" -> "etcd";
                case "." -> module;
                default -> last;
            };
        }
    }

    private static final List<Program> PROGRAMS = List.of(
            new Program("leash", "."),
            new Program("etcd", "go.etcd.io/etcd/server/v3"),
            new Program("kwok", "sigs.k8s.io/kwok/cmd/kwok"),
            new Program("kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver"),
            new Program("kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager"),
            new Program("kubernetes", "k8s.io/kubernetes/cmd/kube-scheduler"),
            new Program("kubernetes", "k8s.io/kubernetes/cmd/kubectl"),
            new Program("kubernetes", "k8s.io/kubernetes/cmd/kubelet"),
            new Program("helm", "helm.sh/helm/v3/cmd/helm"));

    static Optional<GoBuild> onPath(Map<String, String> environment, ControlPlaneModules modules) {
        return GoModule.go(environment).map(go -> new GoBuild(go, modules));
    }

    @Override
    public void into(Path folder) throws IOException, BuildFailedException {
        for (Program program : programs()) {
            System.err.println("Building " + program.name() + " for the tests' control plane (once, minutes in all)");
            build(program, folder.resolve(program.name()));
        }
    }

    /** The kubelet is for tests with a real node, and those are Linux. */
    private static List<Program> programs() {
        boolean linux = System.getProperty("os.name").equals("Linux");
        return PROGRAMS.stream()
                .filter(program -> linux || !program.name().equals("kubelet"))
                .toList();
    }

    private void build(Program program, Path target) throws IOException, BuildFailedException {
        new GoModule(go, modules.module(program.module())).build(program.name(), program.pkg(), linkerFlags(), target);
    }

    /** An unstamped build calls itself v0.0.0-master+$Format:%H$, which kubectl and Helm cannot parse. */
    private String linkerFlags() {
        String version = modules.kubernetesVersion();
        String[] numbers = version.substring(1).split("\\.", -1);
        StringBuilder flags = new StringBuilder("-s -w");
        for (String pkg : List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")) {
            flags.append(" -X " + pkg + ".gitVersion=" + version)
                    .append(" -X " + pkg + ".gitMajor=" + numbers[0])
                    .append(" -X " + pkg + ".gitMinor=" + numbers[1])
                    .append(" -X " + pkg + ".gitTreeState=archive");
        }
        // Without a cluster to ask, Helm renders for the Kubernetes that it was told of here.
        for (String pkg : List.of("helm.sh/helm/v3/pkg/chartutil", "helm.sh/helm/v3/pkg/lint/rules")) {
            flags.append(" -X " + pkg + ".k8sVersionMajor=" + numbers[0])
                    .append(" -X " + pkg + ".k8sVersionMinor=" + numbers[1]);
        }
        return flags.toString();
    }
}
