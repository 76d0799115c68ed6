package dev.workerpool.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What may not happen: clocks and threads in the pure rooms, state that everybody shares, a null nobody declared. */
final class Purity {
    private static final List<String> PURE =
            List.of("api", "scaling", "framework", "tls", "broker", "desired", "status");
    private static final Set<String> CLOCK_READINGS = Set.of("currentTimeMillis", "nanoTime", "now");
    private static final List<String> IMMUTABLE_COLLECTIONS =
            List.of("java.util.List", "java.util.Set", "java.util.Map", "java.util.Collection");

    private Purity() {}

    static ArchRule pureRoomsReadNoClock(String root) {
        return noClasses().that().resideInAnyPackage(pure(root)).should().accessTargetWhere(readsTheClock());
    }

    static ArchRule pureRoomsStartNoThread(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(pure(root))
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(assignableTo(Executor.class))
                        .or(assignableTo(Executors.class))
                        .or(assignableTo(CompletableFuture.class))
                        .or(assignableTo(Timer.class)));
    }

    static ArchRule pureRoomsThrowNoDice(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(pure(root))
                .should()
                .dependOnClassesThat(assignableTo(Random.class));
    }

    static ArchRule nothingIsStaticAndMutable(String root) {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .and()
                .areStatic()
                .and()
                .doNotHaveModifier(SYNTHETIC)
                .should(beConstants());
    }

    static ArchRule everyPackageDeclaresItsNulls(String root) {
        return classes().that().resideInAPackage(root + "..").should(liveInANullMarkedPackage());
    }

    private static String[] pure(String root) {
        return PURE.stream().map(room -> root + "." + room).toArray(String[]::new);
    }

    /** {@code Instant.now()} and its like; {@code Instant.now(clock)} too, for a pure room has no clock. */
    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return DescribedPredicate.describe("reads the clock", access -> reads(access.getTarget()));
    }

    private static boolean reads(AccessTarget target) {
        var owner = target.getOwner();
        var tells = owner.getPackageName().equals("java.time") || owner.isEquivalentTo(System.class);
        return (tells && CLOCK_READINGS.contains(target.getName())) || owner.isAssignableTo(Clock.class);
    }

    private static ArchCondition<JavaField> beConstants() {
        return new ArchCondition<>("be final and of a type that can be immutable") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                var constant = field.getModifiers().contains(FINAL) && canBeImmutable(field.getRawType());
                var message = "%s is %s".formatted(field.getFullName(), constant ? "constant" : "mutable and shared");
                events.add(new SimpleConditionEvent(field, constant, message));
            }
        };
    }

    /** By the declared type, which for collections has to be the interface. */
    private static boolean canBeImmutable(JavaClass type) {
        if (IMMUTABLE_COLLECTIONS.contains(type.getName())) {
            return true;
        }
        var mutable = Stream.of(Collection.class, Map.class, StringBuilder.class, ThreadLocal.class)
                .anyMatch(type::isAssignableTo);
        return !type.isArray() && !mutable && !type.getPackageName().equals("java.util.concurrent.atomic");
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                var message = "%s lives in a package that %s @NullMarked"
                        .formatted(type.getFullName(), marked ? "is" : "is not");
                events.add(new SimpleConditionEvent(type, marked, message));
            }
        };
    }
}
