package dev.workerpool.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.tls.Credential;
import dev.workerpool.tls.Signer;
import dev.workerpool.tls.Signers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one who signs messages is given, as files in one folder: its key, the certificates of all, and who may send what. */
public final class SigningData {
    static final String KEY = "signing.key";
    static final String CERTIFICATE = "signing.crt";

    /** In the name of a file. */
    private static final int LONGEST_NAME = 100;

    private SigningData() {}

    public static String nameOfClient(String client) {
        return "client/" + client;
    }

    public static String nameOfPool(String pool) {
        return "pool/" + pool;
    }

    /** Of the clients of a Broker, those who send tasks of Celery's. */
    public static List<Client> senders(Broker broker) {
        return broker.getSpec().enqueuing().stream()
                .filter(client -> !client.patterns().isEmpty())
                .toList();
    }

    /** Whether a file of that name is one of these. */
    static boolean isOne(String file) {
        return file.startsWith("signing") || file.startsWith("signer-");
    }

    /** Empty while a pool of that name has no key in use, or is to have none. */
    static Optional<Map<String, String>> ofPool(
            Broker broker, Signers signers, String pool, Optional<List<String>> acceptFrom) {
        return signers.signer(nameOfPool(pool))
                .flatMap(Signer::inUse)
                .filter(own -> signers.phase().poolsHaveKeys())
                .map(own -> files(
                        new Whose(nameOfPool(pool), own, ConnectionKeys.SIGNING_DIR),
                        signers,
                        broker,
                        signers.phase().poolsSign(),
                        acceptFrom));
    }

    /** Empty while a client of that name has no key in use, or is to have none. */
    public static Optional<Map<String, String>> ofClient(Broker broker, Signers signers, String client) {
        return signers.signer(nameOfClient(client))
                .flatMap(Signer::inUse)
                .filter(own -> signers.phase().clientsHaveKeys())
                .map(own -> {
                    Map<String, String> files = files(
                            new Whose(nameOfClient(client), own, ConnectionKeys.CLIENT_DIR),
                            signers,
                            broker,
                            true,
                            Optional.empty());
                    files.put(
                            ConnectionKeys.SIGNING_FILE, ConnectionKeys.CLIENT_DIR + "/" + ConnectionKeys.SIGNING_JSON);
                    return files;
                });
    }

    private record Whose(String name, Credential own, String folder) {}

    private static Map<String, String> files(
            Whose whose, Signers signers, Broker broker, boolean signs, Optional<List<String>> acceptFrom) {
        Map<String, String> files = new TreeMap<>();
        files.put(KEY, whose.own().keyPem());
        files.put(CERTIFICATE, whose.own().certificatePem());
        Map<String, List<String>> tasks = senders(broker).stream()
                .collect(Collectors.toMap(client -> nameOfClient(client.name()), Client::patterns));
        List<Map<String, Object>> known = new ArrayList<>();
        signers.all()
                .forEach((name, signer) -> signer.known().forEach(credential -> {
                    String file = file(name, credential);
                    files.put(file, credential.certificatePem());
                    known.add(signer(
                            name, file, tasks.getOrDefault(name, name.startsWith("pool/") ? List.of("*") : List.of())));
                }));
        files.put(ConnectionKeys.SIGNING_JSON, json(whose, known, signers, signs, acceptFrom));
        return files;
    }

    private static String file(String name, Credential credential) {
        String plain = name.replace('/', '-');
        return "signer-%s-%s.crt"
                .formatted(
                        plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME),
                        Fingerprint.of(Map.of("name", name, "certificate", credential.certificatePem())));
    }

    private static Map<String, Object> signer(String name, String file, List<String> tasks) {
        Map<String, Object> signer = new LinkedHashMap<>();
        signer.put("name", name);
        signer.put("file", file);
        signer.put("tasks", tasks);
        return signer;
    }

    private static String json(
            Whose whose,
            List<Map<String, Object>> known,
            Signers signers,
            boolean signs,
            Optional<List<String>> acceptFrom) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("self", whose.name());
        json.put("key", whose.folder() + "/" + KEY);
        json.put("certificate", whose.folder() + "/" + CERTIFICATE);
        json.put("store", whose.folder() + "/signer-*.crt");
        json.put("sign", signs);
        json.put("require", signers.phase().requiresSignatures());
        json.put("signers", known);
        acceptFrom.ifPresent(names -> json.put("acceptFrom", names));
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text and numbers are always JSON", e);
        }
    }
}
