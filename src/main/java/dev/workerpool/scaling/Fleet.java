package dev.workerpool.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The pool's pods as the cluster shows them.
 *
 * @param replicas the live {@code spec.replicas}; zero where there is no Deployment yet
 * @param ready pods that are ready
 * @param pods every pod that exists, Terminating ones included
 */
public record Fleet(int replicas, int ready, List<Pod> pods) {
    public Fleet {
        pods = List.copyOf(pods);
    }

    /** The pods that may be working on something. */
    public List<Pod> live() {
        return pods.stream().filter(Pod::live).toList();
    }

    /** Since when the oldest of the workers that are there has run; nobody here works on what was taken before. */
    Instant workersSince() {
        return live().stream()
                .map(pod -> pod.life().started().orElse(Instant.MIN))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    public static Fleet none() {
        return new Fleet(0, 0, List.of());
    }

    /**
     * One pod.
     *
     * @param live whether its worker runs now, so that it may be working on something
     * @param ending whether it was told to go: Terminating
     * @param crashing whether a container of it ends again and again, and waits for its next start
     * @param refusal why its node starts no container of it, in the node's words, where that is for being root
     */
    public record Pod(
            String name, boolean live, boolean ending, Life life, boolean crashing, Optional<String> refusal) {
        private static final int LONGEST_HOST_NAME = 63;

        /** Of which it is not known since when. */
        public Pod(String name, boolean live, boolean ending) {
            this(name, live, ending, Life.UNTOLD);
        }

        /** One that does not crash. */
        public Pod(String name, boolean live, boolean ending, Life life) {
            this(name, live, ending, life, false);
        }

        /** One that its node takes. */
        public Pod(String name, boolean live, boolean ending, Life life, boolean crashing) {
            this(name, live, ending, life, crashing, Optional.empty());
        }

        /** Whether it can be expected to work: it runs, is ready, and was not told to go. */
        public boolean fit() {
            return live && !ending && (life.ready().isPresent() || life.equals(Life.UNTOLD));
        }

        /** The host name that its processes see: the kubelet cuts longer names, and what then ends in no letter. */
        public String host() {
            return name.length() <= LONGEST_HOST_NAME
                    ? name
                    : name.substring(0, LONGEST_HOST_NAME).replaceAll("[-.]+$", "");
        }
    }

    /**
     * A pod's times, by the cluster's clocks, in whole seconds.
     *
     * @param started when the oldest of its containers that run now began to
     * @param ready since when it is ready
     */
    public record Life(Optional<Instant> created, Optional<Instant> started, Optional<Instant> ready) {
        public static final Life UNTOLD = new Life(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
