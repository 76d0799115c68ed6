package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerSpec;
import dev.workerpool.api.ClientCertificates;
import dev.workerpool.api.Credentials;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.api.Pkcs12;
import dev.workerpool.api.RedisSentinel;
import dev.workerpool.api.SecretKeyRef;
import dev.workerpool.api.Tls;
import dev.workerpool.api.Trust;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Secrets and ConfigMaps that a Broker names, and what stands under their keys. */
record NamedObjects(Referents referents) {

    String text(String namespace, Trust.Bundle bundle) throws Unresolvable {
        SecretKeyRef inSecret = bundle.secretKeyRef();
        if (inSecret != null) {
            return text(namespace, inSecret);
        }
        var ref = Objects.requireNonNull(bundle.configMapKeyRef());
        ConfigMap configMap = referents
                .configMap(namespace, ref.name())
                .orElseThrow(() -> new Unresolvable("ConfigMapNotFound", "there is no ConfigMap " + ref.name()));
        return Optional.ofNullable(configMap.getData())
                .map(data -> data.get(ref.key()))
                .orElseThrow(() -> new Unresolvable(
                        "ConfigMapKeyMissing", "ConfigMap " + ref.name() + " has no key " + ref.key()));
    }

    String text(String namespace, SecretKeyRef ref) throws Unresolvable {
        return required(secret(namespace, ref.name()), ref.key());
    }

    Secret secret(String namespace, String name) throws Unresolvable {
        return referents
                .secret(namespace, name)
                .orElseThrow(() -> new Unresolvable("SecretNotFound", "there is no Secret " + name));
    }

    static String required(Secret secret, String key) throws Unresolvable {
        return value(secret, key)
                .orElseThrow(() -> new Unresolvable(
                        "SecretKeyMissing", "Secret " + secret.getMetadata().getName() + " has no key " + key));
    }

    static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).strip());
    }

    /** Those of one Broker. */
    static Set<Referents.Name> of(Broker broker) {
        String namespace = broker.getMetadata().getNamespace();
        BrokerSpec spec = broker.getSpec();
        Set<Referents.Name> names = new LinkedHashSet<>();
        if (spec.url().secretKeyRef() != null) {
            names.add(new Referents.Name(
                    Secret.class, namespace, spec.url().secretKeyRef().name()));
        }
        names.addAll(names(namespace, spec.credentials(), bundle(spec.tls())));
        ObjectRef presented = BroughtIdentity.secret(spec.tls());
        if (presented != null) {
            names.add(new Referents.Name(Secret.class, namespace, presented.name()));
        }
        SecretKeyRef password = keystorePassword(broker);
        if (password != null) {
            names.add(new Referents.Name(Secret.class, namespace, password.name()));
        }
        ObjectRef authority = GivenAuthority.secret(broker);
        if (authority != null) {
            names.add(new Referents.Name(Secret.class, namespace, authority.name()));
        }
        if (spec.redis() != null && spec.redis().sentinel() != null) {
            RedisSentinel sentinel = spec.redis().sentinel();
            names.addAll(names(
                    namespace,
                    sentinel.credentials(),
                    sentinel.tls() == null ? null : sentinel.tls().trust().bundle()));
        }
        return names;
    }

    private static Set<Referents.Name> names(
            String namespace, @Nullable Credentials credentials, Trust.@Nullable Bundle bundle) {
        Set<Referents.Name> names = new LinkedHashSet<>();
        if (credentials != null) {
            names.add(new Referents.Name(
                    Secret.class, namespace, credentials.secretRef().name()));
        }
        if (bundle != null && bundle.secretKeyRef() != null) {
            names.add(new Referents.Name(
                    Secret.class, namespace, bundle.secretKeyRef().name()));
        }
        if (bundle != null && bundle.configMapKeyRef() != null) {
            names.add(new Referents.Name(
                    ConfigMap.class, namespace, bundle.configMapKeyRef().name()));
        }
        return names;
    }

    /** Where the password of files in PKCS#12 is, where there are to be any. */
    static @Nullable SecretKeyRef keystorePassword(Broker broker) {
        return Optional.ofNullable(broker.getSpec().tls())
                .map(Tls::clientCertificates)
                .map(ClientCertificates::pkcs12)
                .map(Pkcs12::passwordSecretRef)
                .orElse(null);
    }

    static Trust.@Nullable Bundle bundle(@Nullable Tls tls) {
        return tls == null || tls.trust() == null ? null : tls.trust().bundle();
    }
}
