package dev.workerpool.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The addresses of the API server: of the one this process speaks to, and of the cluster's own service. Looked up at first,
 * and anew in the background when somebody asks a minute later: behind a name, they change.
 */
final class ApiServerAddresses implements Supplier<Set<InetAddress>> {
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final Set<String> hosts;
    private final Resolver resolver;
    private final LongSupplier nanos;
    private Set<InetAddress> known = Set.of();
    private long lookedUp;

    /** A name server. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    ApiServerAddresses(Set<String> hosts, Resolver resolver, LongSupplier nanos) {
        this.hosts = Set.copyOf(hosts);
        this.resolver = resolver;
        this.nanos = nanos;
        this.lookedUp = nanos.getAsLong();
        lookUp();
    }

    static ApiServerAddresses of(KubernetesClient client) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(client.getMasterUrl().getHost());
        Optional.ofNullable(System.getenv("KUBERNETES_SERVICE_HOST"))
                .filter(host -> !host.isBlank())
                .ifPresent(hosts::add);
        return new ApiServerAddresses(hosts, InetAddress::getAllByName, System::nanoTime);
    }

    @Override
    public synchronized Set<InetAddress> get() {
        if (nanos.getAsLong() - lookedUp > GOOD_FOR.toNanos()) {
            lookedUp = nanos.getAsLong();
            Thread.ofVirtual().name("api-server-addresses").start(this::lookUp);
        }
        return known;
    }

    /** What a name server does not tell now is what it told before. */
    private void lookUp() {
        Set<InetAddress> found = new HashSet<>();
        for (String host : hosts) {
            try {
                found.addAll(Arrays.asList(resolver.all(host.replaceAll("^\\[|]$", ""))));
            } catch (UnknownHostException e) {
                found.addAll(known());
            }
        }
        know(found);
    }

    private synchronized Set<InetAddress> known() {
        return known;
    }

    private synchronized void know(Set<InetAddress> found) {
        known = Set.copyOf(found);
    }
}
