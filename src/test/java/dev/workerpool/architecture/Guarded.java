package dev.workerpool.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/** Nobody connects to anything without asking whether he may: Lettuce is given a guard, and those who dial by themselves are named here. */
final class Guarded {
    private static final Map<String, Set<String>> DIALS = Map.of(
            "java.net.Socket", Set.of("<init>", "connect"),
            "javax.net.SocketFactory", Set.of("createSocket"),
            "java.nio.channels.SocketChannel", Set.of("open", "connect"),
            "java.nio.channels.AsynchronousSocketChannel", Set.of("open", "connect"),
            "java.net.URL", Set.of("openConnection", "openStream", "getContent"),
            "java.net.http.HttpClient", Set.of("newHttpClient", "newBuilder"),
            "io.netty.bootstrap.Bootstrap", Set.of("<init>", "connect"));

    private Guarded() {}

    static ArchRule nobodyDialsByItself(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                // They ask the guard themselves.
                .doNotHaveFullyQualifiedName(root + ".broker.redis.PlainServer")
                .and()
                .doNotHaveFullyQualifiedName(root + ".broker.rabbitmq.Dial")
                .should()
                .accessTargetWhere(dials());
    }

    private static DescribedPredicate<JavaAccess<?>> dials() {
        return DescribedPredicate.describe(
                "connects to an address",
                access -> DIALS.entrySet().stream()
                        .anyMatch(dial -> access.getTarget().getOwner().isAssignableTo(dial.getKey())
                                && dial.getValue().contains(access.getTarget().getName())));
    }
}
