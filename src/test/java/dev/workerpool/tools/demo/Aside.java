package dev.workerpool.tools.demo;

import java.util.List;
import java.util.stream.Stream;

/** Ctrl-C in a terminal reaches every process of its session: what the demo ends itself, in its own order, is put aside. */
final class Aside {
    private Aside() {}

    static List<String> from(List<String> command) {
        return OnPath.find("setsid")
                .map(setsid -> Stream.concat(Stream.of(setsid.toString()), command.stream())
                        .toList())
                .orElse(command);
    }
}
