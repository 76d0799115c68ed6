package dev.workerpool.testing.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a RabbitMQ is set up: what it presents on its TLS port, and lines of its rabbitmq.conf. Without TLS unless said. */
public record RabbitOptions(Optional<PrivateCa> ca, Optional<Leaf> presents, List<String> more) {
    public RabbitOptions {
        more = List.copyOf(more);
    }

    public static RabbitOptions plain() {
        return new RabbitOptions(Optional.empty(), Optional.empty(), List.of());
    }

    /** Beside the plain port. */
    public static RabbitOptions tls(PrivateCa ca) {
        return new RabbitOptions(Optional.of(ca), Optional.of(ca.leaf()), List.of());
    }

    /** Takes certificates of its authority, and lets their common names in (EXTERNAL). */
    public RabbitOptions withClientCertificates() {
        return withLine("ssl_options.verify = verify_peer")
                .withLine("ssl_options.fail_if_no_peer_cert = true")
                .withLine("auth_mechanisms.1 = PLAIN")
                .withLine("auth_mechanisms.2 = EXTERNAL")
                .withLine("ssl_cert_login_from = common_name");
    }

    public RabbitOptions withLine(String line) {
        List<String> lines = new ArrayList<>(more);
        lines.add(line);
        return new RabbitOptions(ca, presents, lines);
    }
}
