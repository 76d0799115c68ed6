package dev.workerpool.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.api.Broker;
import dev.workerpool.api.Client;
import dev.workerpool.testing.builders.ABroker;
import dev.workerpool.tls.Credential;
import dev.workerpool.tls.Signer;
import dev.workerpool.tls.Signers;
import dev.workerpool.tls.SigningPhase;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SigningDataTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final PoolIdentity MAIL = new PoolIdentity("shop", "mail", "uid-of-mail");

    private final Broker broker = ABroker.aBroker()
            .withClients(new Client("web", List.of("mail.*")), new Client("admin", List.of()))
            .build();

    @Test
    void a_pool_is_given_its_key_and_the_certificates_of_all_each_in_a_file_of_its_own()
            throws JsonProcessingException {
        Map<String, String> files = files(signers(SigningPhase.Enforced));
        JsonNode said = new ObjectMapper().readTree(files.get("signing.json"));

        assertEquals("pool/mail", said.get("self").asText());
        assertEquals("key of mail", files.get("signing.key"));
        assertEquals("/var/run/workerpool/signing/signing.key", said.get("key").asText());
        assertEquals(
                "/var/run/workerpool/signing/signer-*.crt", said.get("store").asText());
        assertTrue(said.get("sign").asBoolean() && said.get("require").asBoolean());
        assertEquals(
                Map.of("mail", "[\"*\"]", "mail next", "[\"*\"]", "web", "[\"mail.*\"]"),
                byCertificate(files, said, "tasks"));
        assertFalse(files.toString().contains("key of web"), "nobody's key but its own");
    }

    @Test
    void what_is_signed_and_what_is_taken_follows_from_the_phase() throws JsonProcessingException {
        assertEquals(Optional.empty(), SigningData.ofPool(broker, signers(SigningPhase.Off), "mail", Optional.empty()));
        assertEquals("false false", says(SigningPhase.Accepting));
        assertEquals("false false", says(SigningPhase.ClientsSigning));
        assertEquals("true false", says(SigningPhase.Signing));
        assertEquals("true true", says(SigningPhase.Enforcing));
        assertEquals(
                files(signers(SigningPhase.Enforcing)), files(signers(SigningPhase.Enforced)), "nobody is restarted");
    }

    @Test
    void a_client_is_told_to_sign_by_a_file_of_its_own_folder_once_pools_take_that() {
        assertEquals(Optional.empty(), SigningData.ofClient(broker, signers(SigningPhase.Accepting), "web"));
        Map<String, String> files = SigningData.ofClient(broker, signers(SigningPhase.ClientsSigning), "web")
                .orElseThrow();
        assertEquals("/var/run/workerpool/client/signing.json", files.get("signing-file"));
        assertTrue(files.getOrDefault("signing.json", "").contains("/var/run/workerpool/client/signing.key"));
        assertTrue(files.keySet().stream().allMatch(SigningData::isOne));
    }

    @Test
    void a_client_that_sends_no_tasks_of_celerys_is_no_sender() {
        assertEquals(
                List.of("web"),
                SigningData.senders(broker).stream().map(Client::name).toList());
    }

    @Test
    void the_secret_of_a_pool_is_its_own_and_named_by_its_content() {
        Secret secret = secret(signers(SigningPhase.Signing), Optional.empty()).orElseThrow();
        assertTrue(secret.getMetadata().getName().startsWith("mail-signing-"));
        assertEquals(MAIL.owner(), secret.getMetadata().getOwnerReferences().getFirst());
        assertEquals(true, secret.getImmutable());
        assertEquals(
                secret, secret(signers(SigningPhase.Signing), Optional.empty()).orElseThrow());
        assertNotEquals(
                secret.getMetadata().getName(),
                secret(signers(SigningPhase.Enforced), Optional.empty())
                        .orElseThrow()
                        .getMetadata()
                        .getName());
    }

    @Test
    void whose_tasks_a_pool_runs_is_in_its_file() {
        String said = SigningData.ofPool(
                        broker, signers(SigningPhase.Enforced), "mail", Optional.of(List.of("client/web")))
                .orElseThrow()
                .getOrDefault("signing.json", "");
        assertTrue(said.contains("\"acceptFrom\" : [ \"client/web\" ]"), said);
    }

    @Test
    void all_keys_are_read_back_as_they_were_written() {
        Signers signers = signers(SigningPhase.Signing);
        Secret secret = SignersSecret.of(broker, signers);
        assertEquals(Optional.of(signers), SignersSecret.read(secret));
        assertEquals(List.of(), secret.getMetadata().getOwnerReferences(), "it outlives its Broker");
        assertTrue(SignersSecret.isOurs("jobs", secret) && SignersSecret.wasMadeFor(broker, secret));
        secret.setData(Map.of("signers.json", SecretText.encoded("{")));
        assertEquals(Optional.empty(), SignersSecret.read(secret));
    }

    private String says(SigningPhase phase) throws JsonProcessingException {
        JsonNode said = new ObjectMapper().readTree(files(signers(phase)).get("signing.json"));
        return said.get("sign").asText() + " " + said.get("require").asText();
    }

    private Map<String, String> files(Signers signers) {
        return SigningData.ofPool(broker, signers, "mail", Optional.empty()).orElseThrow();
    }

    private Optional<Secret> secret(Signers signers, Optional<List<String>> ignored) {
        return PoolSigning.of(
                broker, signers, new PoolSigning.Pool(MAIL.namespace(), MAIL.name(), MAIL.owner(), Optional.empty()));
    }

    private static Map<String, String> byCertificate(Map<String, String> files, JsonNode said, String field) {
        Map<String, String> found = new java.util.TreeMap<>();
        said.get("signers")
                .forEach(signer -> found.put(
                        files.get(signer.get("file").asText()),
                        signer.get(field).toString()));
        return found;
    }

    private static Signers signers(SigningPhase phase) {
        return new Signers(
                phase,
                Map.of(
                        "pool/mail",
                        new Signer(Optional.of(credential("mail")), Optional.of(credential("mail next")), List.of()),
                        "client/web",
                        new Signer(Optional.of(credential("web")), Optional.empty(), List.of())),
                Optional.of(NOW),
                "signing-1");
    }

    private static Credential credential(String of) {
        return new Credential(of, "key of " + of, NOW, NOW.plusSeconds(60));
    }
}
