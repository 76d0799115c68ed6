package dev.workerpool.operator;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.desired.AskedCertificate;
import dev.workerpool.desired.AskedCertificate.Asker;
import dev.workerpool.desired.Labels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** cert-manager, as far as the operator speaks to it: Certificates are asked for, renewed and withdrawn. */
final class CertManager {
    /** Where it is not installed, or not allowed, nobody tells when that changes. */
    static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceDefinitionContext CERTIFICATES = context(AskedCertificate.KIND, "certificates");
    private static final ResourceDefinitionContext REQUESTS = context("CertificateRequest", "certificaterequests");

    private final KubernetesClient client;
    private final Ownership ownership = new Ownership(Labels.OPERATOR);
    private final Clock clock;
    private final Map<String, Absence> absences = new ConcurrentHashMap<>();

    CertManager(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    private record Absence(Answer.Refused why, Instant until) {}

    /** What came of asking. */
    sealed interface Answer {
        /** It is there, and as it should be. */
        record There(GenericKubernetesResource live) implements Answer {}

        /** Not before something else is changed: a condition's reason and message. */
        record Refused(String reason, String message, Duration again) implements Answer {}
    }

    private static ResourceDefinitionContext context(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("cert-manager.io")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** Brings the Certificate to what it should be; has it renewed where that was asked for since. */
    Answer ask(Asker asker, AskedCertificate.Terms terms) {
        String namespace = asker.owner().namespace();
        Absence absence = absences.get(namespace);
        if (absence != null && clock.instant().isBefore(absence.until())) {
            return absence.why();
        }
        try {
            Answer answer = brought(asker, terms);
            absences.remove(namespace);
            return answer;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HTTP_NOT_FOUND ->
                    absent(
                            namespace,
                            new Answer.Refused(
                                    "CertManagerNotInstalled",
                                    "the cluster knows no Certificates of cert-manager (cert-manager.io/v1): install it, or name another issuer",
                                    ASK_AGAIN));
                case HTTP_FORBIDDEN ->
                    absent(
                            namespace,
                            new Answer.Refused(
                                    "CertManagerNotAllowed",
                                    "the operator has no right to ask cert-manager: install its chart with certManager.enabled=true. "
                                            + "The API server says: " + Refusals.message(e),
                                    ASK_AGAIN));
                case HTTP_CONFLICT -> taken(AskedCertificate.KIND, asker);
                case Applier.UNPROCESSABLE ->
                    new Answer.Refused(
                            "CertificateRefused",
                            "Certificate " + asker.name() + " is refused: " + Refusals.message(e),
                            ASK_AGAIN);
                default -> throw e;
            };
        }
    }

    private Answer.Refused absent(String namespace, Answer.Refused why) {
        absences.put(namespace, new Absence(why, clock.instant().plus(ASK_AGAIN)));
        return why;
    }

    private Answer brought(Asker asker, AskedCertificate.Terms terms) {
        GenericKubernetesResource live = certificate(asker).get();
        if (live == null) {
            return isSecretTaken(asker)
                    ? taken("Secret", asker)
                    : new Answer.There(apply(asker, AskedCertificate.of(asker, terms), false));
        }
        if (!AskedCertificate.isOurs(asker, live)) {
            return taken(AskedCertificate.KIND, asker);
        }
        String renewedFor = Labels.annotation(live, Labels.RENEWED_FOR);
        String forAuthority = terms.forAuthority().isEmpty() ? renewedFor : terms.forAuthority();
        boolean another = !forAuthority.equals(renewedFor)
                || (!terms.leaf().asked().isEmpty()
                        && !terms.leaf().asked().equals(Labels.annotation(live, Labels.ROTATED)));
        if (another) {
            // First: an operator that dies in between asks twice, and not never.
            renew(asker, live);
        }
        GenericKubernetesResource desired = AskedCertificate.of(asker, terms.renewedFor(forAuthority));
        boolean same = desired.getMetadata()
                        .getAnnotations()
                        .equals(Optional.ofNullable(live.getMetadata().getAnnotations())
                                .orElse(Map.of()))
                && !ownership.lost(desired, live);
        return new Answer.There(same ? live : apply(asker, desired, true));
    }

    /** cert-manager would overwrite it. */
    private boolean isSecretTaken(Asker asker) {
        var there = client.secrets()
                .inNamespace(asker.owner().namespace())
                .withName(asker.name())
                .get();
        return there != null && !AskedCertificate.isDelivered(there);
    }

    private static Answer.Refused taken(String kind, Asker asker) {
        return new Answer.Refused(
                "NameConflict",
                kind + " " + asker.name() + " exists and is not the operator's: rename or delete it",
                ASK_AGAIN);
    }

    private GenericKubernetesResource apply(Asker asker, GenericKubernetesResource desired, boolean ours) {
        var resource = client.genericKubernetesResources(CERTIFICATES)
                .inNamespace(asker.owner().namespace())
                .resource(desired)
                .fieldManager(Labels.OPERATOR);
        return ours ? resource.forceConflicts().serverSideApply() : resource.serverSideApply();
    }

    /** As {@code cmctl renew} does. */
    private void renew(Asker asker, GenericKubernetesResource live) {
        Map<String, Object> condition = Map.of(
                "type",
                "Issuing",
                "status",
                "True",
                "reason",
                "ManuallyTriggered",
                "message",
                "Asked for by the workerpool operator",
                "observedGeneration",
                live.getMetadata().getGeneration(),
                "lastTransitionTime",
                clock.instant().toString());
        Map<String, Object> status = Map.of(
                "apiVersion",
                AskedCertificate.API_VERSION,
                "kind",
                AskedCertificate.KIND,
                "metadata",
                Map.of("name", asker.name()),
                "status",
                Map.of("conditions", List.of(condition)));
        certificate(asker)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(Labels.OPERATOR)
                                .withForce(true)
                                .build(),
                        JSON.valueToTree(status).toString());
    }

    /** What it was asked for last, in cert-manager's words; empty where that is not known. */
    Optional<GenericKubernetesResource> request(Asker asker, int revision) {
        return Optional.ofNullable(client.genericKubernetesResources(REQUESTS)
                .inNamespace(asker.owner().namespace())
                .withName(asker.name() + "-" + revision)
                .get());
    }

    /** Nobody needs what was delivered any more. The Secret goes with its Certificate. */
    void withdraw(Secret delivered) {
        String namespace = delivered.getMetadata().getNamespace();
        Resource<GenericKubernetesResource> resource = client.genericKubernetesResources(CERTIFICATES)
                .inNamespace(namespace)
                .withName(delivered.getMetadata().getName());
        try {
            GenericKubernetesResource live = resource.get();
            if (live == null && delivered.getMetadata().getOwnerReferences().isEmpty()) {
                client.resource(delivered).delete();
            } else if (live != null
                    && Labels.OPERATOR.equals(live.getMetadata().getLabels().get(Labels.MANAGED_BY))) {
                resource.delete();
            }
        } catch (KubernetesClientException e) {
            // Whoever took the right away sees to what is left.
            if (e.getCode() != HTTP_FORBIDDEN) {
                throw e;
            }
        }
    }

    private Resource<GenericKubernetesResource> certificate(Asker asker) {
        return client.genericKubernetesResources(CERTIFICATES)
                .inNamespace(asker.owner().namespace())
                .withName(asker.name());
    }
}
