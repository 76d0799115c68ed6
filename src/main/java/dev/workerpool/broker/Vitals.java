package dev.workerpool.broker;

/** What a broker says of itself that jobs depend on, beside its queues. */
public record Vitals(Memory memory, Clients clients) {
    /** A count that moves by less is not worth telling. */
    private static final long STEPS = 20;

    /** What becomes of keys when its memory is full. */
    public sealed interface Memory {
        /**
         * As it is set.
         *
         * @param policy Redis' maxmemory-policy, such as noeviction
         * @param limit in bytes; 0 where there is none
         */
        record Limited(String policy, long limit) implements Memory {}

        /** A sentence for people. */
        record Untold(String why) implements Memory {}
    }

    /** How many connections it has. */
    public sealed interface Clients {
        /** @param most how many it takes */
        record Counted(long connected, long most) implements Clients {}

        /** A sentence for people. */
        record Untold(String why) implements Clients {}
    }

    /** Whether this is news to who was told the other; a count must have moved by a twentieth of its bound. */
    public boolean differsFrom(Vitals before) {
        return !memory.equals(before.memory) || moved(clients, before.clients);
    }

    /** Of two servers of one broker: who evicts, and who has the fewest connections left. What one does not tell is not known. */
    public Vitals worse(Vitals other) {
        return new Vitals(
                rank(memory) >= rank(other.memory) ? memory : other.memory,
                rank(clients) >= rank(other.clients) ? clients : other.clients);
    }

    private static int rank(Memory memory) {
        return switch (memory) {
            case Memory.Limited limited -> "noeviction".equals(limited.policy()) ? 0 : limited.limit() == 0 ? 1 : 3;
            case Memory.Untold untold -> 2;
        };
    }

    private static double rank(Clients clients) {
        return switch (clients) {
            case Clients.Counted counted -> (double) counted.connected() / counted.most();
            case Clients.Untold untold -> 0.8;
        };
    }

    private static boolean moved(Clients now, Clients before) {
        if (now instanceof Clients.Counted one
                && before instanceof Clients.Counted other
                && one.most() == other.most()) {
            return Math.abs(one.connected() - other.connected()) * STEPS >= one.most();
        }
        return !now.equals(before);
    }
}
