package dev.workerpool.testing.builders;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerSpec;
import dev.workerpool.api.BrokerUrl;
import dev.workerpool.api.ConfigMapKeyRef;
import dev.workerpool.api.Credentials;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.api.Redis;
import dev.workerpool.api.SecretKeyRef;
import dev.workerpool.api.Tls;
import dev.workerpool.api.Trust;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;

/** {@code aBroker().withUrl("redis://…").build()}. */
public final class ABroker {
    private String uid = "uid-of-jobs";
    private BrokerUrl url = new BrokerUrl("redis://redis.example", null);
    private @Nullable Credentials credentials;
    private @Nullable Tls tls;
    private @Nullable Redis redis;

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
        tls = new Tls(new Trust(Trust.Source.Bundle, new Trust.Bundle(new ConfigMapKeyRef(name, key), null)));
        return this;
    }

    public ABroker trustingSystemRoots() {
        tls = new Tls(new Trust(Trust.Source.System, null));
        return this;
    }

    /** Redis with another topology than one server. */
    public ABroker withRedis(Redis how) {
        redis = how;
        return this;
    }

    public Broker build() {
        Broker broker = new Broker();
        broker.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("jobs")
                .withUid(uid)
                .withGeneration(1L)
                .build());
        broker.setSpec(new BrokerSpec(url, credentials, tls, redis, null));
        return broker;
    }
}
