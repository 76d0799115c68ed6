package dev.workerpool.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package and what it may know besides itself and the JDK.
 *
 * @param rooms other rooms of this project, without what is below them
 * @param libraries patterns of packages
 * @param types patterns of single types out of libraries that are otherwise closed to this room
 */
record Room(String name, List<String> rooms, List<String> libraries, List<String> types) {
    private static final List<String> EVERYWHERE = List.of("java..", "org.jspecify.annotations..");

    static Room room(String name, String... rooms) {
        return new Room(name, List.of(rooms), List.of(), List.of());
    }

    Room withLibraries(String... packages) {
        return new Room(name, rooms, List.of(packages), types);
    }

    Room withTypes(String... patterns) {
        return new Room(name, rooms, libraries, List.of(patterns));
    }

    String in(String root) {
        return root + "." + name;
    }

    /** What lives here knows nothing else. */
    ArchRule rule(String root) {
        var packages = Stream.of(
                        Stream.of(in(root)),
                        rooms.stream().map(room -> root + "." + room),
                        EVERYWHERE.stream(),
                        libraries.stream())
                .flatMap(patterns -> patterns)
                .toArray(String[]::new);
        var known = types.stream()
                .map(type -> nameMatching(type).<JavaClass>forSubtype())
                .reduce(resideInAnyPackage(packages), (some, more) -> some.or(more));
        return classes()
                .that()
                .resideInAPackage(in(root))
                .should()
                .onlyDependOnClassesThat(known)
                .as("room %s knows only rooms %s, libraries %s and types %s".formatted(name, rooms, libraries, types));
    }
}
