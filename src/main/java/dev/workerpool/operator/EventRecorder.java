package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.workerpool.desired.Fingerprint;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what happened to an object, once: callers record a change, not a state. */
final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    /** The API's own bound on an event's message. */
    private static final int LONGEST_MESSAGE = 1024;

    private final KubernetesClient client;
    private final Clock clock;

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What an event says. */
    record Said(Severity severity, String reason, String message) {}

    /** The two types of events there are. */
    enum Severity {
        Normal,
        Warning
    }

    /**
     * Records an event. Its name comes from its reason and {@code occasion}, so that the same occasion told twice, by a
     * process and the one after it, is one event, though the figures in the message may differ. An event that cannot be
     * recorded stops nothing.
     *
     * @param occasion what makes this event different from an earlier one for the same reason
     */
    void record(HasMetadata about, Said said, String occasion) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String uid = about.getMetadata().getUid();
        String message = said.message().length() > LONGEST_MESSAGE
                ? said.message().substring(0, LONGEST_MESSAGE)
                : said.message();
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName() + "." + Fingerprint.of(List.of(uid, said.reason(), occasion)))
                .endMetadata()
                .withInvolvedObject(new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withNamespace(about.getMetadata().getNamespace())
                        .withName(about.getMetadata().getName())
                        .withUid(uid)
                        .withResourceVersion(about.getMetadata().getResourceVersion())
                        .build())
                .withType(said.severity().name())
                .withReason(said.reason())
                .withMessage(message)
                .withNewSource(Labels.OPERATOR, null)
                .withReportingComponent(Labels.OPERATOR)
                .withReportingInstance("")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_CONFLICT) {
                LOG.warn("event {} could not be recorded: {}", said.reason(), Refusals.message(e));
            }
        }
    }
}
