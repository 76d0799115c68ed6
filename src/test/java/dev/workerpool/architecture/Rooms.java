package dev.workerpool.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.workerpool.architecture.Room.room;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** The table of rooms: dependencies run one way, from the command line down to values. */
final class Rooms {
    private static final String MODEL = "io.fabric8.kubernetes.api.model..";
    private static final String JSON = "com.fasterxml.jackson..";
    private static final String LOG = "org.slf4j..";
    private static final String LETTUCE = "io.lettuce..";
    private static final String RABBITMQ = "com.rabbitmq..";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";

    static final List<Room> TABLE = List.of(
            // Of the client only what a custom resource must extend, and what a schema customizer is handed.
            room("api")
                    .withLibraries(
                            MODEL,
                            JSON,
                            "io.fabric8.generator.annotation..",
                            "io.fabric8.kubernetes.model.annotation..",
                            "io.fabric8.crd..",
                            "io.fabric8.crdv2..")
                    .withTypes(
                            "io\\.fabric8\\.kubernetes\\.client\\.CustomResource",
                            "io\\.fabric8\\.kubernetes\\.client\\.utils\\.KubernetesSerialization"),
            room("scaling"),
            room("framework", "scaling").withLibraries(JSON),
            room("tls").withLibraries("javax.net.ssl..", "javax.security..", BOUNCY_CASTLE),
            room("broker", "framework", "scaling", "tls"),
            room("broker.dialling", "broker", "scaling", "tls").withLibraries("javax.net.ssl..", "javax.security.."),
            room("broker.rabbitmq", "broker", "broker.dialling", "framework", "scaling")
                    .withLibraries(RABBITMQ, "javax.net.ssl..", LOG),
            room("broker.redis", "broker", "broker.dialling", "framework", "scaling", "tls")
                    .withLibraries(LETTUCE, "io.netty..", "reactor..", "javax.net.ssl..", "javax.security..", LOG),
            room("desired", "api", "scaling", "framework", "broker", "tls").withLibraries(MODEL, JSON),
            room("importing", "api", "framework", "broker").withLibraries(MODEL, JSON),
            room("status", "api", "scaling", "broker").withLibraries(MODEL),
            room("telemetry", "scaling", "broker", "status")
                    .withLibraries("io.micrometer..", "io.prometheus..", "com.sun.net.httpserver..", LOG),
            room("telemetry.page", "scaling", "broker").withLibraries("com.sun.net.httpserver..", JSON),
            room(
                            "operator",
                            "api",
                            "scaling",
                            "framework",
                            "tls",
                            "broker",
                            "broker.rabbitmq",
                            "broker.redis",
                            "desired",
                            "importing",
                            "status",
                            "telemetry",
                            "telemetry.page")
                    .withLibraries("io.fabric8..", "io.javaoperatorsdk..", "io.micrometer..", JSON, LOG));

    private Rooms() {}

    static ArchRule everyClassHasARoom(String root) {
        var packages = Stream.concat(Stream.of(root), TABLE.stream().map(room -> room.in(root)));
        return classes().should().resideInAnyPackage(packages.toArray(String[]::new));
    }

    static ArchRule theRabbitClientStaysInItsAdapter(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".broker.rabbitmq")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(RABBITMQ);
    }

    static ArchRule lettuceStaysInItsAdapter(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".broker.redis")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LETTUCE);
    }

    /** The command line, which lives in the root package, is known to nobody. */
    static ArchRule nobodyKnowsTheCommandLine(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root);
    }

    static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }
}
