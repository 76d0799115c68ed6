package dev.workerpool.desired;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Verification;
import dev.workerpool.broker.Verification.Extent;
import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.tls.Certificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a trust Secret holds: the roots, and what of the usual verification is left out or done by another name. */
final class TrustData {
    private static final String CA = ConnectionKeys.CA;
    private static final String BROKER_CA = ConnectionKeys.BROKER_CA;
    private static final String VERIFY = "verify";
    private static final String SERVER_NAME = "server-name";

    private TrustData() {}

    /** Full verification is said by saying nothing: so it was written before there was another one. */
    static Map<String, String> of(Verification verification) {
        Map<String, String> data = new TreeMap<>();
        if (verification.extent() != Extent.None) {
            List<X509Certificate> all = new ArrayList<>(verification.roots());
            all.addAll(verification.beside());
            data.put(CA, Certificates.pem(all));
        }
        if (!verification.beside().isEmpty()) {
            data.put(BROKER_CA, Certificates.pem(verification.roots()));
        }
        if (verification.extent() != Extent.Full) {
            data.put(VERIFY, verification.extent().name());
        }
        verification.serverName().ifPresent(name -> data.put(SERVER_NAME, name));
        return data;
    }

    static Verification read(Map<String, String> data) {
        List<X509Certificate> all = certificates(data, CA);
        List<X509Certificate> roots = data.containsKey(BROKER_CA) ? certificates(data, BROKER_CA) : all;
        return new Verification(
                Extent.valueOf(data.getOrDefault(VERIFY, Extent.Full.name())),
                Optional.ofNullable(data.get(SERVER_NAME)),
                roots,
                all.stream().filter(root -> !roots.contains(root)).toList());
    }

    private static List<X509Certificate> certificates(Map<String, String> data, String key) {
        return Certificates.parse(data.getOrDefault(key, "")).certificates();
    }

    /** The file by which the broker itself is verified, in the folder where it is mounted. */
    static String file(Verification verification, String folder) {
        return folder + "/" + (verification.beside().isEmpty() ? CA : BROKER_CA);
    }

    /**
     * Said in full: without ssl_cert_reqs kombu does not verify, and redis-py before 6 does not check the name unasked. It has no
     * parameter for another name: there the mounted code checks that, and without it the connection fails.
     */
    static String celeryParameters(Connection connection, Mounted where) {
        Verification verification = connection.verification();
        String verified =
                celeryParameters(verification.extent(), "&ssl_ca_certs=" + TrustData.file(verification, where.trust()));
        return connection.identity().isEmpty()
                ? verified
                : verified + "&ssl_certfile=" + where.certificate() + "&ssl_keyfile=" + where.key();
    }

    /** @param roots the parameter that says whom to trust; none for those whom the process trusts anyway */
    static String celeryParameters(Extent extent, String roots) {
        String required = "?ssl_cert_reqs=required" + roots + "&ssl_check_hostname=";
        return switch (extent) {
            case Full -> required + "true";
            case CA -> required + "false";
            case None -> "?ssl_cert_reqs=none&ssl_check_hostname=false";
        };
    }
}
