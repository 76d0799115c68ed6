package dev.workerpool.testing.kube;

import java.util.List;
import java.util.stream.Stream;

/** One program of the control plane and its arguments. */
record Command(String program, List<String> arguments) {

    Command {
        arguments = List.copyOf(arguments);
    }

    List<String> leashed(Binaries.Found binaries) {
        return Stream.concat(
                        Stream.of(
                                binaries.path("leash").toString(),
                                binaries.path(program).toString()),
                        arguments.stream())
                .toList();
    }
}
