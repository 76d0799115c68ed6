package dev.workerpool.desired;

import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.api.ClientIssuer;
import dev.workerpool.desired.IssuedIdentity.Owner;
import dev.workerpool.tls.Delivery;
import dev.workerpool.tls.Holder;
import dev.workerpool.tls.KeyAlgorithm;
import dev.workerpool.tls.LeafTerms;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Certificate by which cert-manager is asked for a holder's client certificate, and the Secret of the same name that it delivers into. */
public final class AskedCertificate {
    public static final String API_VERSION = "cert-manager.io/v1";
    public static final String KIND = "Certificate";

    /** Of the Secret that it delivers into. */
    public static final String DELIVERED = "certificate";

    /** cert-manager's own word of whose a Secret is. */
    private static final String DELIVERED_FOR = "cert-manager.io/certificate-name";

    private static final String CA = "ca.crt";
    private static final String ISSUED_TO_POOL = "-certificate-worker";
    private static final String ISSUED_TO_OPERATOR = "-certificate-operator";
    private static final String ISSUED_TO_CLIENT = "-certificate-client-";
    private static final int RSA_BITS = 3072;
    private static final int EC_BITS = 256;

    private AskedCertificate() {}

    /**
     * Who asks for one.
     *
     * @param name of the Certificate and of its Secret
     */
    public record Asker(String name, Owner owner, Holder holder) {
        public static Asker pool(Owner pool) {
            return new Asker(pool(pool.name()), pool, Holder.pool(pool.namespace(), pool.name()));
        }

        public static Asker operator(Broker broker) {
            String name = broker.getMetadata().getName();
            String namespace = broker.getMetadata().getNamespace();
            return new Asker(
                    name + ISSUED_TO_OPERATOR,
                    new Owner(namespace, name, name, BrokerSecrets.owner(broker)),
                    Holder.operator(namespace, name));
        }

        /** Of one who sends jobs. */
        public static Asker client(Broker broker, Client client) {
            Asker operator = operator(broker);
            return new Asker(
                    clients(broker) + client.name(),
                    operator.owner(),
                    Holder.client(
                            broker.getMetadata().getNamespace(),
                            broker.getMetadata().getName(),
                            client.name()));
        }

        /** With what the names of those of a Broker's clients begin. */
        public static String clients(Broker broker) {
            return broker.getMetadata().getName() + ISSUED_TO_CLIENT;
        }

        /** The name of a pool's. */
        public static String pool(String name) {
            return name + ISSUED_TO_POOL;
        }
    }

    /**
     * How.
     *
     * @param forAuthority the fingerprint of the authority for whose sake it was renewed last; empty where it never was
     */
    public record Terms(ClientIssuer.IssuerRef issuer, LeafTerms leaf, KeyAlgorithm algorithm, String forAuthority) {

        public Terms renewedFor(String authority) {
            return new Terms(issuer, leaf, algorithm, authority);
        }
    }

    public static GenericKubernetesResource of(Asker asker, Terms terms) {
        Owner owner = asker.owner();
        Map<String, String> labels = new TreeMap<>(Labels.ofBroker(owner.broker(), DELIVERED));
        labels.put(Labels.HOLDER, owner.name());
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(API_VERSION);
        object.setKind(KIND);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(owner.namespace())
                .withName(asker.name())
                .withLabels(labels)
                .withAnnotations(annotations(terms))
                .withOwnerReferences(owner.reference())
                .build());
        Map<String, Object> spec = spec(asker, terms);
        // By these the Secret is known when it comes.
        spec.put("secretTemplate", Map.of("labels", labels));
        object.setAdditionalProperty("spec", spec);
        object.getMetadata()
                .getAnnotations()
                .put(Labels.RENDERED, Fingerprint.of(Map.of("spec", spec, "labels", labels)));
        return object;
    }

    private static Map<String, String> annotations(Terms terms) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(Labels.ROTATED, terms.leaf().asked());
        annotations.put(Labels.RENEWED_FOR, terms.forAuthority());
        return annotations;
    }

    private static Map<String, Object> spec(Asker asker, Terms terms) {
        Map<String, Object> spec = new TreeMap<>();
        spec.put("secretName", asker.name());
        spec.put("commonName", asker.holder().commonName());
        spec.put("uris", List.of(asker.holder().uri()));
        asker.holder().dns().ifPresent(dns -> spec.put("dnsNames", List.of(dns)));
        spec.put("usages", List.of("digital signature", "client auth"));
        spec.put("duration", text(terms.leaf().duration()));
        terms.leaf().renewBefore().ifPresent(before -> spec.put("renewBefore", text(before)));
        spec.put(
                "privateKey",
                new TreeMap<>(Map.of(
                        "algorithm",
                        terms.algorithm().name(),
                        "size",
                        terms.algorithm() == KeyAlgorithm.RSA ? RSA_BITS : EC_BITS,
                        "encoding",
                        "PKCS8",
                        "rotationPolicy",
                        "Always")));
        spec.put(
                "issuerRef",
                new TreeMap<>(Map.of(
                        "name",
                        terms.issuer().name(),
                        "kind",
                        terms.issuer().kindOrDefault(),
                        "group",
                        terms.issuer().groupOrDefault())));
        return spec;
    }

    /** As Go reads it. */
    private static String text(Duration duration) {
        return duration.toSeconds() + "s";
    }

    /** Whether it is this one's, and no stranger's of the same name. */
    public static boolean isOurs(Asker asker, GenericKubernetesResource live) {
        return live.hasOwnerReferenceFor(asker.owner().reference().getUid());
    }

    /** Whether a Secret of its name is what cert-manager delivered. */
    public static boolean isDelivered(Secret secret) {
        return Labels.annotation(secret, DELIVERED_FOR)
                .equals(secret.getMetadata().getName());
    }

    /** What cert-manager delivered into it; whether that can be used is not looked at. */
    public static Delivery.Files files(Secret secret) {
        return new Delivery.Files(
                SecretText.of(secret, IdentityData.CERTIFICATE),
                SecretText.of(secret, IdentityData.KEY),
                SecretText.of(secret, CA));
    }
}
