package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.SaslConfig;
import com.rabbitmq.client.SaslMechanism;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one logs in: by the client certificate (EXTERNAL), or by user and password (PLAIN), which are guest where nobody gave any, as
 * with every client of AMQP.
 */
record ByCertificateOrPassword(boolean byCertificate) implements SaslConfig {
    static final String EXTERNAL = "EXTERNAL";

    @Override
    public @Nullable SaslMechanism getSaslMechanism(String[] offered) {
        DefaultSaslConfig wanted = byCertificate ? DefaultSaslConfig.EXTERNAL : DefaultSaslConfig.PLAIN;
        String name = byCertificate ? EXTERNAL : "PLAIN";
        return List.of(offered).contains(name) ? wanted.getSaslMechanism(offered) : null;
    }
}
