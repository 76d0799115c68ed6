package dev.workerpool.scaling;

/** Which size is to be in force, decision and mode considered. */
public final class Sizing {
    private Sizing() {}

    /**
     * @param live the present {@code spec.replicas}
     * @param foreign whether the workload is someone else's, whose size is not ours to state unless we scale it
     * @return the replicas to be in force; the present ones mean that nothing need be written
     */
    public static int inForce(Settings settings, Decision decision, int live, boolean foreign) {
        return settings.scaling()
                .map(scaling -> switch (scaling.mode()) {
                    case ACTIVE -> decision.replicas();
                    case RECOMMEND -> foreign ? live : settings.replicas();
                    case PAUSED -> live;
                })
                .orElse(foreign ? live : settings.replicas());
    }
}
