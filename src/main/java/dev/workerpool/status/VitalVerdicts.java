package dev.workerpool.status;

import dev.workerpool.broker.Vitals;
import dev.workerpool.broker.Vitals.Clients;
import dev.workerpool.broker.Vitals.Memory;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a broker says of itself, as conditions. They warn; nothing is held or refused for them. */
public final class VitalVerdicts {
    private static final String UNTOLD = "NotTold";
    private static final String NOT_YET = "NotAskedYet";
    private static final long NEAR_PERCENT = 80;
    private static final long MIB = 1024 * 1024;

    private VitalVerdicts() {}

    /** @param shown what stands there already: it stays until the broker has been asked */
    public static List<Verdict> of(Optional<Vitals> vitals, @Nullable List<Condition> shown) {
        return List.of(
                vitals.map(all -> evicts(all.memory())).orElseGet(() -> before(ConditionType.EvictsKeys, shown)),
                vitals.map(all -> near(all.clients()))
                        .orElseGet(() -> before(ConditionType.NearConnectionLimit, shown)));
    }

    /** Those that have become true. */
    public static List<Verdict> warnings(List<Verdict> vitals, @Nullable List<Condition> shown) {
        return vitals.stream()
                .filter(verdict -> verdict.status() == Verdict.Truth.True)
                .filter(verdict -> ConditionList.find(shown, verdict.type())
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .isEmpty())
                .toList();
    }

    private static Verdict before(ConditionType type, @Nullable List<Condition> shown) {
        return ConditionList.find(shown, type)
                .map(condition -> new Verdict(
                        type,
                        Verdict.Truth.valueOf(condition.getStatus()),
                        condition.getReason(),
                        condition.getMessage()))
                .orElseGet(() -> Verdict.unknown(type, NOT_YET, "the broker has not been asked yet"));
    }

    private static Verdict evicts(Memory memory) {
        return switch (memory) {
            case Memory.Untold untold -> Verdict.unknown(ConditionType.EvictsKeys, UNTOLD, untold.why());
            case Memory.Limited limited -> evicts(limited);
        };
    }

    private static Verdict evicts(Memory.Limited memory) {
        if ("noeviction".equals(memory.policy())) {
            return Verdict.fails(
                    ConditionType.EvictsKeys, "NoEviction", "maxmemory-policy is noeviction: nothing is thrown away");
        }
        if (memory.limit() == 0) {
            return Verdict.fails(
                    ConditionType.EvictsKeys,
                    "NoMemoryLimit",
                    "maxmemory-policy is %s, but maxmemory is 0: nothing is thrown away until a limit is set"
                            .formatted(memory.policy()));
        }
        String which = memory.policy().startsWith("volatile-")
                ? "keys that have a time to live, such as results and what workers say of themselves"
                : "any key, queues with their jobs among them";
        String limit = memory.limit() == Long.MAX_VALUE ? "" : " of %d MiB".formatted(memory.limit() / MIB);
        return Verdict.holds(
                ConditionType.EvictsKeys,
                "EvictionPolicy",
                "maxmemory-policy is %s: when the memory%s is full, the server throws away %s; set it to noeviction"
                        .formatted(memory.policy(), limit, which));
    }

    private static Verdict near(Clients clients) {
        return switch (clients) {
            case Clients.Untold untold -> Verdict.unknown(ConditionType.NearConnectionLimit, UNTOLD, untold.why());
            case Clients.Counted counted -> near(counted);
        };
    }

    private static Verdict near(Clients.Counted clients) {
        return clients.connected() * 100 >= clients.most() * NEAR_PERCENT
                ? Verdict.holds(
                        ConditionType.NearConnectionLimit,
                        "FewConnectionsLeft",
                        "%d of %d connections are in use, beyond which workers are refused: raise maxclients, or run fewer and larger workers"
                                .formatted(clients.connected(), clients.most()))
                : Verdict.fails(
                        ConditionType.NearConnectionLimit,
                        "ConnectionsLeft",
                        "fewer than %d %% of %d connections are in use".formatted(NEAR_PERCENT, clients.most()));
    }
}
