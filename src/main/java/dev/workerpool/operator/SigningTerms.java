package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Signing;
import dev.workerpool.desired.GoDuration;
import dev.workerpool.desired.Labels;
import dev.workerpool.tls.LeafTerms;
import dev.workerpool.tls.SigningRotation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long keys are used by which a Broker's messages are signed; the same is so while signing comes to its end. */
record SigningTerms(LeafTerms leaf, Duration acceptFormer, boolean on) {
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Duration ACCEPT_FORMER = Duration.ofHours(24);

    static SigningTerms of(Broker broker) {
        Optional<Signing> spec = Optional.ofNullable(broker.getSpec().signing());
        String asked = Labels.annotation(broker, Labels.ROTATE);
        return new SigningTerms(
                new LeafTerms(
                        duration(spec.map(Signing::duration).orElse(null)).orElse(LIFE),
                        duration(spec.map(Signing::renewBefore).orElse(null)),
                        asked.startsWith(Labels.ROTATE_SIGNING) ? asked : ""),
                duration(spec.map(Signing::acceptFormer).orElse(null)).orElse(ACCEPT_FORMER),
                spec.isPresent());
    }

    SigningRotation rotation(Set<String> wanted) {
        return new SigningRotation(leaf, acceptFormer, wanted, on);
    }

    private static Optional<Duration> duration(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(GoDuration::parse);
    }
}
