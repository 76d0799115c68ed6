package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Login;
import dev.workerpool.broker.dialling.Presenting;
import dev.workerpool.broker.dialling.Trust;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.Optional;

/** How Lettuce is set up, the same for servers and for sentinels. */
final class Lettuce {
    private Lettuce() {}

    static ClientOptions options(ProtocolVersion protocol, Trust trust, Presenting presenting, Duration patience) {
        return ClientOptions.builder()
                // The session connects again by itself, so that it knows why a try failed.
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(protocol)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(patience)
                        .keepAlive(true)
                        .build())
                .sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .handshakeTimeout(patience)
                        .sslContext(context -> context.trustManager(trust).keyManager(presenting))
                        .build())
                .build();
    }

    static RedisURI address(Endpoint endpoint, Optional<Login> login, Duration patience) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(endpoint.host())
                .withPort(endpoint.port())
                .withDatabase(endpoint.database())
                .withSsl(endpoint.tls())
                .withVerifyPeer(SslVerifyMode.FULL)
                .withTimeout(patience);
        login.ifPresent(known -> uri.withAuthentication(RedisCredentialsProvider.from(
                () -> RedisCredentials.just(known.username().orElse(null), known.password()))));
        return uri.build();
    }
}
