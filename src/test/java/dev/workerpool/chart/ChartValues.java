package dev.workerpool.chart;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the chart's README says can be set, each setting once, and all of them together where they go together. */
final class ChartValues {
    static final String CHART = "helm/workerpool-operator";
    static final String IMAGE = "image.repository=registry.example.com/workerpool-operator";

    private ChartValues() {}

    /** By name: what stands behind {@code --set}. */
    static Map<String, String> documented() {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("as it is", IMAGE),
                Map.entry("an image by its digest", IMAGE + ",image.digest=sha256:" + "0123456789abcdef".repeat(4)),
                Map.entry("a private registry", IMAGE + ",imagePullSecrets[0].name=registry"),
                Map.entry("two namespaces", IMAGE + ",namespaces={default,kube-public}"),
                Map.entry("one replica", IMAGE + ",replicas=1,leaseDuration=1m30s,logFormat=text"),
                Map.entry("CRDs by someone else", IMAGE + ",crds.install=false"),
                Map.entry("CRDs that go with it", IMAGE + ",crds.keep=false"),
                Map.entry("no roles for people", IMAGE + ",rbac.aggregate=false"),
                Map.entry("certificates of cert-manager", IMAGE + ",certManager.enabled=true"),
                Map.entry(
                        "the host's network",
                        IMAGE
                                + ",hostNetwork=true,port=18080,env[0].name=KUBERNETES_SERVICE_HOST,env[0].value=127.0.0.1"),
                Map.entry("addresses", IMAGE + ",addresses.allow={127.0.0.1,fd00::/8},addresses.deny={10.0.0.0/8}"),
                Map.entry("the page", IMAGE + ",page.enabled=true,page.port=9090"),
                Map.entry("a network policy", IMAGE + ",networkPolicy.enabled=true"),
                Map.entry(
                        "a network policy for Prometheus alone",
                        IMAGE + ",networkPolicy.enabled=true"
                                + ",networkPolicy.from[0].namespaceSelector.matchLabels.name=monitoring"),
                Map.entry(
                        "where it runs",
                        IMAGE
                                + ",nodeSelector.disk=ssd,tolerations[0].operator=Exists,priorityClassName=system-cluster-critical"
                                + ",podLabels.team=ops,podAnnotations.note=hello,serviceAccount.annotations.role=ops"),
                Map.entry("a dashboard", IMAGE + ",metrics.dashboard.enabled=true")));
    }

    /** Needs resources of the Prometheus operator, which a bare cluster does not serve. */
    static String monitored() {
        return IMAGE + ",metrics.podMonitor.enabled=true,metrics.rules.enabled=true"
                + ",metrics.podMonitor.labels.release=prometheus";
    }

    /** Settings that must be refused, and what the refusal must name. */
    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("replicas=1", "image.repository: there is no published image yet"),
                new Refused(IMAGE + ",replicas=-1", "replicas"),
                new Refused(IMAGE + ",replicas=two", "replicas"),
                new Refused(IMAGE + ",replica=2", "replica"),
                new Refused(IMAGE + ",namespaces={Shop}", "namespaces"),
                new Refused(IMAGE + ",namespaces={a,a}", "namespaces"),
                new Refused(IMAGE + ",leaseDuration=15", "leaseDuration"),
                new Refused(IMAGE + ",image.digest=0123", "digest"),
                new Refused(IMAGE + ",image.pullPolicy=Sometimes", "pullPolicy"),
                new Refused(IMAGE + ",logFormat=xml", "logFormat"),
                new Refused(IMAGE + ",port=80", "port"),
                new Refused(IMAGE + ",addresses.allow={localhost}", "addresses"),
                new Refused(IMAGE + ",addresses.deny={10.0.0.0/33}", "addresses"),
                new Refused(IMAGE + ",page.port=80", "page"),
                new Refused(IMAGE + ",metrics.podMonitor.interval=often", "interval"),
                new Refused(IMAGE + ",crds.keep=1", "keep"));
    }

    /** @param names what the message must contain */
    record Refused(String set, String names) {}
}
