package dev.workerpool.testing.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker container as a pod spec would say it: name of the pod, arguments, variables. As a kubelet would,
 * {@code $(NAME)} in an argument or a later variable becomes that variable's value; {@code POD_NAME} is given.
 */
public record WorkerPod(String name, List<String> args, Map<String, String> env) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    public WorkerPod {
        args = List.copyOf(args);
        env = new LinkedHashMap<>(env);
    }

    public static WorkerPod named(String name) {
        return new WorkerPod(name, List.of(), Map.of());
    }

    public WorkerPod withArgs(String... arguments) {
        return new WorkerPod(name, List.of(arguments), env);
    }

    public WorkerPod withArgs(List<String> arguments) {
        return new WorkerPod(name, arguments, env);
    }

    public WorkerPod withEnv(String variable, String value) {
        return withEnv(Map.of(variable, value));
    }

    public WorkerPod withEnv(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(env);
        all.putAll(variables);
        return new WorkerPod(name, args, all);
    }

    Map<String, String> expandedEnv() {
        Map<String, String> expanded = new LinkedHashMap<>(Map.of("POD_NAME", name));
        env.forEach((variable, value) -> expanded.put(variable, expand(value, expanded)));
        return expanded;
    }

    List<String> expandedArgs() {
        Map<String, String> variables = expandedEnv();
        return args.stream().map(argument -> expand(argument, variables)).toList();
    }

    private static String expand(String text, Map<String, String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
    }
}
