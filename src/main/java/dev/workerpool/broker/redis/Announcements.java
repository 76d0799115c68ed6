package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient.Measuring;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The announcements of all servers together: they are relied on where each of them announces. Used in its executor only. */
final class Announcements {
    private static final String TRY = "workerpool-operator:announced:";

    /** Told in the executor. */
    interface Hearer {
        /** These keys have changed, or may have. */
        void changed(Collection<String> keys);

        /** Any key may have changed. */
        void anyChanged();

        /** From now on changes become known so. */
        void measuring(Measuring how);
    }

    private final EventExecutor executor;
    private final Duration patience;
    private final Hearer hearer;
    private List<Announcer> announcers = List.of();
    private Measuring measuring = Announcer.NOT_TRIED;

    Announcements(EventExecutor executor, Duration patience, Hearer hearer) {
        this.executor = executor;
        this.patience = patience;
        this.hearer = hearer;
    }

    /** Whether what was read holds until a change is announced. */
    boolean inForce() {
        return measuring instanceof Measuring.Push;
    }

    /** Whether they may yet be relied on: no server has refused, and what is read meanwhile is watched already. */
    boolean mayCome() {
        return announcers.stream().allMatch(Announcer::mayCome);
    }

    /** Asks for them on new connections, before anything is read there. */
    void begin(Nodes nodes) {
        measuring = Announcer.NOT_TRIED;
        announcers = nodes.all().stream()
                .map(node -> new Announcer(executor, patience, new Part(), nodes.keyOn(node, TRY)))
                .toList();
        for (int i = 0; i < announcers.size(); i++) {
            announcers.get(i).begin(nodes.all().get(i).connection());
        }
    }

    /** The connections are gone: whatever was announced, the next ones begin anew. */
    void end() {
        announcers.forEach(Announcer::end);
        announcers = List.of();
        measuring = Announcer.NOT_TRIED;
    }

    /** A change was seen that had not been announced: on these connections none is believed any more. */
    void distrust(String why) {
        announcers.forEach(announcer -> announcer.distrust(why));
    }

    private Measuring together() {
        return announcers.stream()
                .map(Announcer::measuring)
                .filter(Measuring.Poll.class::isInstance)
                .findFirst()
                .orElseGet(Measuring.Push::new);
    }

    /** What one server says. */
    private final class Part implements Hearer {
        @Override
        public void changed(Collection<String> keys) {
            hearer.changed(keys);
        }

        @Override
        public void anyChanged() {
            hearer.anyChanged();
        }

        @Override
        public void measuring(Measuring how) {
            Measuring now = together();
            if (!now.equals(measuring)) {
                measuring = now;
                hearer.measuring(now);
            }
        }
    }
}
