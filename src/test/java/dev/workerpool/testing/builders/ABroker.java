package dev.workerpool.testing.builders;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerNetwork;
import dev.workerpool.api.BrokerSpec;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerUrl;
import dev.workerpool.api.Client;
import dev.workerpool.api.ClientCertificates;
import dev.workerpool.api.ClientIssuer;
import dev.workerpool.api.ConfigMapKeyRef;
import dev.workerpool.api.Credentials;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.api.OnMove;
import dev.workerpool.api.Pkcs12;
import dev.workerpool.api.Redis;
import dev.workerpool.api.SecretKeyRef;
import dev.workerpool.api.Tls;
import dev.workerpool.api.Trust;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code aBroker().withUrl("redis://…").build()}. */
public final class ABroker {
    private @Nullable List<Client> clients;
    private String uid = "uid-of-jobs";
    private BrokerUrl url = new BrokerUrl("redis://redis.example", null);
    private @Nullable Credentials credentials;
    private @Nullable Tls tls;
    private @Nullable Redis redis;
    private BrokerStatus.@Nullable Proven proven;
    private BrokerStatus.@Nullable Moving moving;
    private @Nullable OnMove onMove;
    private @Nullable BrokerNetwork network;

    private ABroker() {}

    public static ABroker aBroker() {
        return new ABroker();
    }

    public ABroker withUid(String another) {
        uid = another;
        return this;
    }

    public ABroker withUrl(String value) {
        url = new BrokerUrl(value, null);
        return this;
    }

    public ABroker withUrlIn(String secret, String key) {
        url = new BrokerUrl(null, new SecretKeyRef(secret, key));
        return this;
    }

    public ABroker withCredentialsIn(String secret) {
        credentials = new Credentials(new ObjectRef(secret));
        return this;
    }

    public ABroker trustingConfigMap(String name, String key) {
        tls = new Tls(
                null,
                null,
                new Trust(Trust.Source.Bundle, new Trust.Bundle(new ConfigMapKeyRef(name, key), null), null),
                null);
        return this;
    }

    public ABroker trustingSystemRoots() {
        tls = new Tls(null, null, new Trust(Trust.Source.System, null, null), null);
        return this;
    }

    /** By the system's roots where it asks for any. */
    public ABroker verified(Tls.Verify verify, @Nullable String serverName) {
        tls = new Tls(verify, serverName, null, null);
        return this;
    }

    /** As a client with the certificate in this Secret; by the system's roots. */
    public ABroker presenting(String secret) {
        tls = new Tls(null, null, null, new ClientCertificates(new ObjectRef(secret), null, null, null, null, null));
        return this;
    }

    /** What it presents in PKCS#12 as well, with the password there. */
    public ABroker inPkcs12(String secret, String key) {
        ClientCertificates asked =
                Objects.requireNonNull(Objects.requireNonNull(tls).clientCertificates());
        tls = new Tls(
                null,
                null,
                null,
                new ClientCertificates(
                        asked.secretRef(),
                        asked.issuer(),
                        null,
                        null,
                        null,
                        new Pkcs12(new SecretKeyRef(secret, key))));
        return this;
    }

    /** With client certificates of an authority that the operator makes; by the system's roots. */
    public ABroker issuing() {
        return issuing(new ClientIssuer(new ClientIssuer.Own(null, null), null, null));
    }

    public ABroker issuing(ClientIssuer issuer) {
        tls = new Tls(null, null, null, new ClientCertificates(null, issuer, null, null, null, null));
        return this;
    }

    /** Already proven so. */
    public ABroker proven(BrokerStatus.Proven before) {
        proven = before;
        return this;
    }

    /** Redis with another topology than one server. */
    public ABroker withRedis(Redis how) {
        redis = how;
        return this;
    }

    /** On its way from one server to another. */
    public ABroker moving(BrokerStatus.Moving how) {
        moving = how;
        return this;
    }

    /** Its workers wait for no jobs on a server that they leave. */
    public ABroker following() {
        onMove = OnMove.Follow;
        return this;
    }

    /** Who enqueues. */
    public ABroker withClients(String... names) {
        clients = Stream.of(names).map(name -> new Client(name, null)).toList();
        return this;
    }

    /** What NetworkPolicies are told of it. */
    public ABroker at(BrokerNetwork where) {
        network = where;
        return this;
    }

    public ABroker withClients(Client... all) {
        clients = List.of(all);
        return this;
    }

    /** A status that speaks of signing alone. */
    public static BrokerStatus statusOfSigning(String phase) {
        return new BrokerStatus(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new BrokerStatus.Signing(phase, null, null),
                null,
                null);
    }

    public Broker build() {
        Broker broker = new Broker();
        broker.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("jobs")
                .withUid(uid)
                .withGeneration(1L)
                .build());
        broker.setSpec(new BrokerSpec(url, credentials, tls, redis, null, clients, null, onMove, network));
        if (proven != null || moving != null) {
            broker.setStatus(new BrokerStatus(null, null, null, null, proven, null, null, null, null, moving, null));
        }
        return broker;
    }
}
