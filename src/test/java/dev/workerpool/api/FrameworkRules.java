package dev.workerpool.api;

import static dev.workerpool.api.RuleCase.Subject.POOL;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of the blocks that belong to a framework. */
final class FrameworkRules {
    private static final String CUSTOM = "framework: Custom, custom: {waiting: [{type: List, key: a}], %s}";
    private static final String ZERO = "scaling: {minReplicas: 0, maxReplicas: 3, target: {backlogPerWorker: 5}}, ";
    private static final String BESIDE = "waiting: [{type: Set, key: w}], %s";
    private static final String TWICE = "the keys must differ: what stands twice would be counted twice";
    private static final String IN_BOTH =
            "a key holds either waiting or running jobs: it must not be in waiting and in running";

    private FrameworkRules() {}

    static List<RuleCase> all() {
        return Stream.of(
                        celery(),
                        celeryTimes(),
                        celeryAcceptFrom(),
                        bullMq(),
                        resque(),
                        blocks(),
                        urlVariables(),
                        custom(),
                        keys("waiting", "%s"),
                        keyFields("waiting", "%s"),
                        keys("running", BESIDE),
                        keyFields("running", BESIDE))
                .flatMap(cases -> cases)
                .toList();
    }

    private static Stream<RuleCase> celery() {
        String command = "template: {spec: {containers: [{name: worker, image: i, command: [celery]}]}}";
        return Stream.of(
                POOL.refuses(
                        "spec.celery",
                        "celery goes with framework: Celery",
                        "framework: Celery, celery: {app: mail}",
                        "framework: Sidekiq, celery: {app: mail}"),
                POOL.refuses(
                        "spec.celery.app",
                        "minLength 1",
                        "framework: Celery, celery: {app: m}",
                        "framework: Celery, celery: {app: ''}",
                        "at least 1 chars long"),
                POOL.refuses(
                        "spec.celery.app",
                        "maxLength 253",
                        "framework: Celery, celery: {app: %s}".formatted("m".repeat(253)),
                        "framework: Celery, celery: {app: %s}".formatted("m".repeat(254)),
                        "may not be more than 253 bytes"),
                POOL.refuses(
                        "spec.celery.keyPrefix",
                        "maxLength 128",
                        "framework: Celery, celery: {app: m, keyPrefix: %s}".formatted("p".repeat(128)),
                        "framework: Celery, celery: {app: m, keyPrefix: %s}".formatted("p".repeat(129)),
                        "may not be more than 128 bytes"),
                POOL.refuses(
                        "spec",
                        "celery.app is needed: the worker's container in template gives no command",
                        "framework: Celery, " + command,
                        "framework: Celery"),
                POOL.refuses(
                        "spec.celery",
                        "celery.app goes with template: what workloadRef names starts its own workers",
                        "framework: Celery, template: null, workloadRef: {name: a}, celery: {keyPrefix: p}",
                        "framework: Celery, template: null, workloadRef: {name: a}, celery: {app: a}"));
    }

    private static Stream<RuleCase> celeryAcceptFrom() {
        String from = "framework: Celery, celery: {app: m, acceptFrom: [%s]}";
        return Stream.of(
                POOL.refuses(
                        "spec.celery.acceptFrom",
                        "each of acceptFrom must be client/ or pool/ and its name, such as client/web",
                        from.formatted("client/web, pool/mail"),
                        from.formatted("web")),
                POOL.refuses(
                        "spec.celery.acceptFrom",
                        "maxItems 64",
                        from.formatted("pool/a, ".repeat(64)),
                        from.formatted("pool/a, ".repeat(65)),
                        "must have at most 64 items"),
                POOL.refuses(
                        "spec.celery.acceptFrom[]",
                        "maxLength 264",
                        from.formatted("pool/" + "a".repeat(259)),
                        from.formatted("pool/" + "a".repeat(260)),
                        "may not be more than 264 bytes"));
    }

    private static Stream<RuleCase> celeryTimes() {
        return Stream.of(
                POOL.refuses(
                        "spec.celery.visibilityTimeout",
                        "visibilityTimeout must be a duration between 1s and 8760h, such as 1h",
                        "framework: Celery, celery: {app: m, visibilityTimeout: 8760h}",
                        "framework: Celery, celery: {app: m, visibilityTimeout: 8761h}"),
                POOL.refuses(
                        "spec.celery.visibilityTimeout",
                        "maxLength 32",
                        "framework: Celery, celery: {app: m, visibilityTimeout: %s1h}".formatted("0s".repeat(15)),
                        "framework: Celery, celery: {app: m, visibilityTimeout: %s1h}".formatted("0s".repeat(16)),
                        "may not be more than 32 bytes"));
    }

    private static Stream<RuleCase> bullMq() {
        return Stream.of(
                POOL.refuses(
                        "spec.bullmq",
                        "bullmq goes with framework: BullMQ",
                        "framework: BullMQ, bullmq: {keyPrefix: jobs}",
                        "framework: Sidekiq, bullmq: {keyPrefix: jobs}"),
                POOL.refuses(
                        "spec.bullmq.keyPrefix",
                        "minLength 1",
                        "framework: BullMQ, bullmq: {keyPrefix: b}",
                        "framework: BullMQ, bullmq: {keyPrefix: ''}",
                        "at least 1 chars long"),
                POOL.refuses(
                        "spec.bullmq.keyPrefix",
                        "maxLength 128",
                        "framework: BullMQ, bullmq: {keyPrefix: %s}".formatted("p".repeat(128)),
                        "framework: BullMQ, bullmq: {keyPrefix: %s}".formatted("p".repeat(129)),
                        "may not be more than 128 bytes"),
                POOL.refuses(
                        "spec.bullmq.urlVariable",
                        "maxLength 128",
                        "framework: BullMQ, bullmq: {urlVariable: %s}".formatted("U".repeat(128)),
                        "framework: BullMQ, bullmq: {urlVariable: %s}".formatted("U".repeat(129)),
                        "may not be more than 128 bytes"),
                POOL.refuses(
                        "spec.bullmq.urlVariable",
                        "pattern",
                        "framework: BullMQ, bullmq: {urlVariable: JOBS_URL_2}",
                        "framework: BullMQ, bullmq: {urlVariable: 2ND_URL}",
                        "should match"));
    }

    private static Stream<RuleCase> urlVariables() {
        return Stream.of(
                        "Sidekiq, sidekiq: {",
                        "RQ, rq: {",
                        "Resque, concurrency: 1, resque: {",
                        "Custom, custom: {waiting: [{type: List, key: a}], ")
                .flatMap(FrameworkRules::urlVariable);
    }

    private static Stream<RuleCase> urlVariable(String block) {
        String field = "spec." + block.replaceFirst(".* (\\w+): \\{.*", "$1") + ".urlVariable";
        String before = "framework: " + block + "urlVariable: ";
        return Stream.of(
                POOL.refuses(
                        field,
                        "maxLength 128",
                        before + "U".repeat(128) + "}",
                        before + "U".repeat(129) + "}",
                        "may not be more than 128 bytes"),
                POOL.refuses(field, "pattern", before + "JOBS_URL_2}", before + "2ND_URL}", "should match"));
    }

    private static Stream<RuleCase> blocks() {
        return Stream.of(
                POOL.refuses(
                        "spec.sidekiq",
                        "sidekiq goes with framework: Sidekiq",
                        "framework: Sidekiq, sidekiq: {urlVariable: A}",
                        "framework: RQ, sidekiq: {urlVariable: A}"),
                POOL.refuses(
                        "spec.rq",
                        "rq goes with framework: RQ",
                        "framework: RQ, rq: {urlVariable: A}",
                        "framework: Sidekiq, rq: {urlVariable: A}"),
                POOL.refuses(
                        "spec.celery.resultBackend",
                        "one of Broker",
                        "framework: Celery, celery: {app: m, resultBackend: Broker}",
                        "framework: Celery, celery: {app: m, resultBackend: Elsewhere}",
                        "supported values: \"Broker\""));
    }

    private static Stream<RuleCase> resque() {
        return Stream.of(
                POOL.refuses(
                        "spec.resque",
                        "resque goes with framework: Resque",
                        "framework: Resque, concurrency: 1, resque: {keyPrefix: jobs}",
                        "framework: Sidekiq, resque: {keyPrefix: jobs}"),
                POOL.refuses(
                        "spec.resque.keyPrefix",
                        "minLength 1",
                        "framework: Resque, concurrency: 1, resque: {keyPrefix: r}",
                        "framework: Resque, concurrency: 1, resque: {keyPrefix: ''}",
                        "at least 1 chars long"),
                POOL.refuses(
                        "spec.resque.keyPrefix",
                        "maxLength 128",
                        "framework: Resque, concurrency: 1, resque: {keyPrefix: %s}".formatted("p".repeat(128)),
                        "framework: Resque, concurrency: 1, resque: {keyPrefix: %s}".formatted("p".repeat(129)),
                        "may not be more than 128 bytes"),
                POOL.refuses(
                        "spec",
                        "concurrency must be 1: the worker's container in template gives no command, and a worker of "
                                + "Resque runs one job at a time",
                        "framework: Resque, concurrency: 1",
                        "framework: Resque, concurrency: 2"));
    }

    private static Stream<RuleCase> custom() {
        return Stream.of(
                POOL.refuses(
                        "spec",
                        "custom goes with framework: Custom, which needs it to know the keys to read",
                        CUSTOM.formatted(""),
                        "framework: Custom"),
                POOL.refuses(
                        "spec",
                        "minReplicas: 0 needs custom.running: without it nobody can tell an idle worker from a busy one",
                        ZERO + CUSTOM.formatted("running: [{type: Set, key: b}]"),
                        ZERO + CUSTOM.formatted("")),
                POOL.refuses(
                        "spec.custom.waiting",
                        "required",
                        CUSTOM.formatted(""),
                        "framework: Custom, custom: {}",
                        "Required value"),
                POOL.refuses(
                        "spec.custom.running",
                        IN_BOTH,
                        CUSTOM.formatted("running: [{type: List, key: b}]"),
                        CUSTOM.formatted("running: [{type: List, key: a}]")));
    }

    private static Stream<RuleCase> keys(String list, String surroundings) {
        String path = "spec.custom." + list;
        String place = "framework: Custom, custom: {" + surroundings.formatted(list + ": [%s]") + "}";
        return Stream.of(
                POOL.refuses(path, "minItems 1", place.formatted(key("a")), place.formatted(""), "at least 1 items"),
                POOL.refuses(
                        path,
                        "maxItems 16",
                        place.formatted(differentKeys(16)),
                        place.formatted(differentKeys(17)),
                        "must have at most 16 items"),
                POOL.refuses(
                        path,
                        TWICE,
                        place.formatted(key("a") + "," + key("b")),
                        place.formatted(key("a") + "," + key("a"))));
    }

    private static Stream<RuleCase> keyFields(String list, String surroundings) {
        String path = "spec.custom." + list;
        String place = "framework: Custom, custom: {" + surroundings.formatted(list + ": [%s]") + "}";
        return Stream.of(
                POOL.refuses(
                        path + "[].type",
                        "required",
                        place.formatted(key("a")),
                        place.formatted("{key: a}"),
                        "Required value"),
                POOL.refuses(
                        path + "[].type",
                        "one of Hash, List, Set, SortedSet, Stream",
                        place.formatted("{type: Stream, key: a}"),
                        place.formatted("{type: String, key: a}"),
                        "supported values: \"Hash\", \"List\", \"Set\", \"SortedSet\", \"Stream\""),
                POOL.refuses(
                        path + "[].key",
                        "required",
                        place.formatted(key("a")),
                        place.formatted("{type: List}"),
                        "Required value"),
                POOL.refuses(
                        path + "[].key",
                        "minLength 1",
                        place.formatted(key("a")),
                        place.formatted(key("")),
                        "at least 1 chars long"),
                POOL.refuses(
                        path + "[].key",
                        "maxLength 512",
                        place.formatted(key("a".repeat(512))),
                        place.formatted(key("a".repeat(513))),
                        "may not be more than 512 bytes"));
    }

    private static String key(String name) {
        return "{type: List, key: '" + name + "'}";
    }

    private static String differentKeys(int count) {
        return IntStream.range(0, count).mapToObj(i -> key("k" + i)).collect(Collectors.joining(","));
    }
}
