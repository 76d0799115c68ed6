package dev.workerpool.testing.trust;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that a pod has of its broker's trust. */
public final class TrustFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;

    public TrustFolder(Path path) {
        this.path = path;
    }

    /**
     * Writes trust.json and what it names, for the broker at this port of localhost.
     *
     * @return the variable that names it
     */
    public Map<String, String> write(int port, Told told, PrivateCa ca, Leaf selfSigned) {
        return write(List.of(port), told, ca, selfSigned);
    }

    /** The same for a broker at several ports. */
    public Map<String, String> write(List<Integer> ports, Told told, PrivateCa ca, Leaf selfSigned) {
        ObjectNode said = JSON.createObjectNode().put("version", 1);
        ArrayNode endpoints = said.putArray("endpoints");
        ports.forEach(port -> endpoints.addObject().put("host", "localhost").put("port", port));
        said.put("verify", told.verify());
        told.serverName().ifPresent(name -> said.put("serverName", name));
        said.put("ca", file("ca.crt", told.anchors().pem(ca, selfSigned.certificatePem())));
        if (told.identified()) {
            Leaf client = ca.leaf();
            said.put("certificate", file("tls.crt", client.certificatePem()));
            said.put("key", file("tls.key", client.keyPem()));
        }
        return Map.of("WORKERPOOL_TRUST", file("trust.json", said.toPrettyString()));
    }

    private String file(String name, String text) {
        try {
            return Files.writeString(path.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
