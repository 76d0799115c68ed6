package dev.workerpool.broker;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * By what a server says that its data is known again.
 *
 * @param ids of the processes that hold it and of its history: what another must know to hold the same
 * @param earlier of histories that it went on from, as a replica does that was promoted
 * @param replica whether it only follows another server and takes no jobs itself
 */
public record DataSet(Set<String> ids, Set<String> earlier, boolean replica) {
    /** Of a server that does not say. */
    public static final DataSet UNTOLD = new DataSet(Set.of(), Set.of(), false);

    public DataSet {
        ids = Set.copyOf(ids);
        earlier = Set.copyOf(earlier);
    }

    /** As it was remembered by its ids alone. */
    public static DataSet remembered(Collection<String> ids) {
        return new DataSet(Set.copyOf(ids), Set.of(), false);
    }

    /**
     * Whether what the other held is here: it is the same server, one of its replicas, or has gone on from there. That the other went
     * on from what is here proves nothing: it may hold more by now.
     */
    public boolean holdsWhatWasIn(DataSet other) {
        return other.ids.stream().anyMatch(id -> ids.contains(id) || earlier.contains(id));
    }

    /** Of several servers that hold it together. */
    public DataSet and(DataSet other) {
        return new DataSet(union(ids, other.ids), union(earlier, other.earlier), replica || other.replica);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
