package dev.workerpool.operator.survival;

import dev.workerpool.testing.kube.MutatingRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request in few words, the same in every namespace. */
final class Request {
    private static final Pattern PATH = Pattern.compile(".*/namespaces/[^/]+/([^?]+)(\\?.*)?");
    private static final Pattern HASH = Pattern.compile("-[0-9a-f]{20}");

    private Request() {}

    static String inWords(MutatingRequest request) {
        Matcher matcher = PATH.matcher(request.path());
        String object = matcher.matches() ? matcher.group(1) : request.path();
        return "%-6s %s".formatted(request.method(), HASH.matcher(object).replaceAll("-…"));
    }
}
