package dev.workerpool.desired;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Protocol;
import dev.workerpool.broker.Topology;
import dev.workerpool.broker.Verification;
import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.tls.Certificates;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a producer is given: as files, all in one folder, and as variables alone. */
final class ClientData {
    private static final String URL_VARIABLE = "WORKERPOOL_BROKER_URL";
    private static final String CA_VARIABLE = "WORKERPOOL_BROKER_CA";
    private static final String SIDEKIQS = "REDIS_PROVIDER";
    private static final String CELERYS = "CELERY_BROKER_URL";
    private static final String RQS = "RQ_REDIS_URL";
    private static final String PROVIDER = "provider";

    /** Linux takes no variable of more than 128 KiB, and the authorities stand in three of them, in two percent-encoded. */
    private static final int MOST_OF_AUTHORITIES = 24 * 1024;

    private static final Set<String> WAYS_OF_SAYING_IT = Set.of(
            "type",
            PROVIDER,
            ConnectionKeys.CELERY_URL,
            ConnectionKeys.TRUST_JSON,
            ConnectionKeys.TRUST_FILE,
            SIDEKIQS,
            CELERYS,
            RQS);

    private ClientData() {}

    /** Connection, trust and code. The code is there without TLS too, so that whoever names its files need not be changed with the broker. */
    static Map<String, String> files(Connection connection) {
        Map<String, String> data = new TreeMap<>(BrokerSecrets.data(connection, Mounted.IN_PRODUCERS));
        data.put(PROVIDER, "workerpool.dev");
        data.putAll(WorkerCode.files());
        if (connection.endpoint().tls()) {
            data.putAll(TrustData.of(connection.verification()));
            connection.identity().ifPresent(identity -> data.putAll(IdentityData.of(identity)));
            if (connection.topology() instanceof Topology.Standalone) {
                data.put(ConnectionKeys.TRUST_JSON, WorkerCode.json(connection, Mounted.IN_PRODUCERS));
                data.put(ConnectionKeys.TRUST_FILE, ConnectionKeys.CLIENT_DIR + "/" + ConnectionKeys.TRUST_JSON);
            }
        }
        return data;
    }

    /** What a process goes by, of files or variables: neither the code nor the ways of saying it, which another operator may change. */
    static Map<String, String> content(Map<String, String> data, Connection connection) {
        Map<String, String> content = new TreeMap<>(data);
        content.keySet().removeAll(WorkerCode.files().keySet());
        content.keySet().removeAll(WAYS_OF_SAYING_IT);
        content.put("extent", connection.verification().extent().name());
        return content;
    }

    /**
     * Whether variables alone make no client verify otherwise, or by others, than the Broker says; a client certificate is a file. Over AMQP
     * nothing in a variable makes a client verify at all.
     */
    static boolean canBeVariables(Connection connection) {
        Verification verification = connection.verification();
        return !connection.endpoint().tls()
                || (connection.endpoint().protocol() == Protocol.Redis
                        && verification.serverName().isEmpty()
                        && verification.beside().isEmpty()
                        && connection.identity().isEmpty());
    }

    /**
     * By the frameworks' own names, but for REDIS_URL, which may be an app's cache. What a client of this environment cannot verify by
     * it, it refuses: Ruby and Node take an authority from a file alone.
     *
     * @param known authorities that every image is taken to have
     */
    static Map<String, String> variables(Connection connection, Collection<X509Certificate> known) {
        String uri = BrokerSecrets.uri(connection);
        if (connection.endpoint().protocol() == Protocol.AMQP) {
            return Map.of(URL_VARIABLE, uri, CELERYS, uri);
        }
        Map<String, String> data = new TreeMap<>(Map.of(URL_VARIABLE, uri, SIDEKIQS, URL_VARIABLE));
        String python = uri;
        if (connection.endpoint().tls()) {
            String own = authorities(connection.verification(), known);
            if (!own.isEmpty()) {
                data.put(CA_VARIABLE, own);
            }
            String roots = own.isEmpty()
                    ? ""
                    : "&ssl_ca_data="
                            + URLEncoder.encode(own, StandardCharsets.UTF_8).replace("+", "%20");
            python += TrustData.celeryParameters(connection.verification().extent(), roots);
        }
        data.put(CELERYS, python);
        data.put(RQS, python);
        return data;
    }

    /** Those that an image does not know by itself; none where they are too many for a variable. */
    private static String authorities(Verification verification, Collection<X509Certificate> known) {
        Set<X509Certificate> everywhere = Set.copyOf(known);
        List<X509Certificate> own = verification.roots().stream()
                .filter(root -> !everywhere.contains(root))
                .distinct()
                .toList();
        return Optional.of(Certificates.pem(own))
                .filter(pem -> pem.length() <= MOST_OF_AUTHORITIES)
                .orElse("");
    }
}
