package dev.workerpool.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String PROJECT = "dev.workerpool";
    private static final String SEEDED = "dev.workerpool.architecture.seeded";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PROJECT);
    private static final JavaClasses SEEDS = new ClassFileImporter().importPackages(SEEDED);

    /** The class that breaks the rule of its room. */
    private static final Map<String, String> SEED_OF_ROOM = Map.ofEntries(
            Map.entry("api", "AsksTheServer"),
            Map.entry("scaling", "LooksAtPods"),
            Map.entry("framework", "KnowsTheCluster"),
            Map.entry("tls", "CountsJobs"),
            Map.entry("broker", "SpeaksRedis"),
            Map.entry("broker.dialling", "DialsByOneLibrary"),
            Map.entry("broker.rabbitmq", "SpeaksRedisAsWell"),
            Map.entry("broker.redis", "WritesToTheCluster"),
            Map.entry("desired", "AppliesItself"),
            Map.entry("importing", "AsksForIt"),
            Map.entry("status", "WritesItself"),
            Map.entry("telemetry", "AsksTheOperator"),
            Map.entry("telemetry.page", "ShowsTheCluster"),
            Map.entry("operator", "SpeaksRedisToo"));

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_project_keeps_the_rule(String name, Function<String, ArchRule> rule) {
        rule.apply(PROJECT).check(MAIN);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rules")
    void the_rule_reports_a_class_that_breaks_it(String name, Function<String, ArchRule> rule, String seed) {
        var report = rule.apply(SEEDED).evaluate(SEEDS).getFailureReport().getDetails();
        assertTrue(
                report.stream().anyMatch(violation -> violation.contains(SEEDED + "." + seed)),
                () -> "%s is not among what was reported: %s".formatted(seed, report));
    }

    static Stream<Arguments> rules() {
        return Stream.concat(
                Rooms.TABLE.stream()
                        .map(room -> rule(
                                "the room " + room.name(),
                                room::rule,
                                room.name() + "." + SEED_OF_ROOM.get(room.name()))),
                Stream.of(
                        rule("every class has a room", Rooms::everyClassHasARoom, "drawer.HasNoRoom"),
                        rule("Lettuce stays in its adapter", Rooms::lettuceStaysInItsAdapter, "broker.SpeaksRedis"),
                        rule(
                                "RabbitMQ's client stays in its adapter",
                                Rooms::theRabbitClientStaysInItsAdapter,
                                "broker.SpeaksAmqp"),
                        rule(
                                "nobody knows the command line",
                                Rooms::nobodyKnowsTheCommandLine,
                                "operator.EndsTheProgram"),
                        rule("nobody dials by itself", Guarded::nobodyDialsByItself, "broker.redis.DialsByItself"),
                        rule("no cycles", Rooms::noCycles, "operator.AsksTheMetrics"),
                        rule("pure rooms read no clock", Purity::pureRoomsReadNoClock, "scaling.ReadsTheClock"),
                        rule("pure rooms start no thread", Purity::pureRoomsStartNoThread, "desired.StartsAThread"),
                        rule("pure rooms throw no dice", Purity::pureRoomsThrowNoDice, "status.ThrowsDice"),
                        rule(
                                "nothing is static and not final",
                                Purity::nothingIsStaticAndMutable,
                                "operator.Remembers.last"),
                        rule(
                                "nothing is static and mutable",
                                Purity::nothingIsStaticAndMutable,
                                "operator.Remembers.SEEN"),
                        rule(
                                "every package declares its nulls",
                                Purity::everyPackageDeclaresItsNulls,
                                "drawer.HasNoRoom")));
    }

    private static Arguments rule(String name, Function<String, ArchRule> rule, String seed) {
        return Arguments.of(name, rule, seed);
    }
}
