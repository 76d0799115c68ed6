package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a broker. Never a credential. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(Conditions.AsListMap.class)
public record BrokerStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of") @Nullable Long observedGeneration,

        @JsonPropertyDescription("Host and port that were last proven; with sentinels the name of the master") @Nullable String endpoint,

        @JsonPropertyDescription("What answered there") @Nullable Server server,

        @JsonPropertyDescription("How changes of queues become known: Push, or Poll with the reason") @Nullable String measuring,

        @JsonPropertyDescription("What workers are given: the last connection that the operator has seen working")
        @Nullable Proven proven,

        @JsonPropertyDescription("The authority that was pinned at first use") @Nullable Pinned pinned,

        @JsonPropertyDescription("What the clients have") @Nullable List<ClientStatus> clients,

        @JsonPropertyDescription("The authority that signs client certificates, where the operator issues them")
        @Nullable ClientAuthority clientAuthority,

        @JsonPropertyDescription("How far the signing of Celery's messages is; absent where there is none") @Nullable Signing signing,

        @JsonPropertyDescription(
                "Between two servers that do not hold the same jobs; absent once the old one is looked at no more")
        @Nullable Moving moving,

        @JsonPropertyDescription(
                "Ready, Reachable, Trusted, CertificateReady, CertificatesCurrent, Protected, EvictsKeys, NearConnectionLimit, ClientsReady, JobsLeftBehind and NetworkPolicyApplied")
        @Nullable List<Condition> conditions) {

    /** What answered. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Server(
            @JsonPropertyDescription("Such as redis or RabbitMQ") @Nullable String product,

            @JsonPropertyDescription("Its version") @Nullable String version,

            @JsonPropertyDescription("The TLS version in use; absent on a plain connection") @Nullable String tls,

            @JsonPropertyDescription(
                    "By what it was verified: its own certificate first, the authority that vouches last; absent on a plain connection")
            @Nullable List<Certificate> chain,

            @JsonPropertyDescription(
                    "By which its data is known again at another address; absent where it does not say")
            @Nullable List<String> dataIds) {
        /** The end of whichever certificate of the chain ends first. */
        public Optional<Instant> expires() {
            return Optional.ofNullable(chain).orElse(List.of()).stream()
                    .map(certificate -> Instant.parse(certificate.notAfter()))
                    .min(Comparator.naturalOrder());
        }
    }

    /** One of the certificates by which a server was verified. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Certificate(
            @JsonPropertyDescription("Whose it is") String subject,

            @JsonPropertyDescription("Who signed it") String issuer,

            @JsonPropertyDescription("Its fingerprint") String sha256,

            @JsonPropertyDescription("When it begins") @Nullable String notBefore,

            @JsonPropertyDescription("When it ends") String notAfter) {}

    /** By which authority a server is known since its first use. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Pinned(
            @JsonPropertyDescription("Host and port for which it was pinned")
            String endpoint,

            @JsonPropertyDescription("Whose it is") String subject,

            @JsonPropertyDescription("Its fingerprint") String sha256) {}

    /** Who signs client certificates. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ClientAuthority(
            @JsonPropertyDescription("Its fingerprint") String sha256,

            @JsonPropertyDescription("When it ends") String notAfter,

            @JsonPropertyDescription(
                    "Stable; or of a rotation: TrustNew while servers come to trust the next one, UseNew while holders come to use it")
            String step,

            @JsonPropertyDescription("The fingerprint of the one that comes next; absent where none does") @Nullable String next,

            @JsonPropertyDescription("What the next step waits for; absent where nothing is waited for") @Nullable List<String> waitingFor,

            @JsonPropertyDescription(
                    "The last value of the annotation workerpool.dev/rotate that another authority was made for")
            @Nullable String rotated) {}

    /** How far signing is. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Signing(
            @JsonPropertyDescription(
                    "Off, Accepting, ClientsSigning, Signing, Enforcing or Enforced: each begins when all run with the one before")
            String phase,

            @JsonPropertyDescription("Who is to be restarted before the next step; absent where nobody is waited for")
            @Nullable List<String> waitingFor,

            @JsonPropertyDescription(
                    "The last value of the annotation workerpool.dev/rotate that all keys were replaced for")
            @Nullable String rotated) {}

    /** Names of the Secrets that hold what was proven. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Proven(
            @JsonPropertyDescription("The immutable Secret with the connection that was proven")
            String connectionSecret,

            @JsonPropertyDescription("The immutable Secret with the roots that verify it; absent without TLS") @Nullable String trustSecret,

            @JsonPropertyDescription(
                    "The immutable Secret with the client certificate that is presented; absent where there is none")
            @Nullable String identitySecret,

            @JsonPropertyDescription(
                    "The fingerprint of the authority that issued it, where each pool is issued its own; absent where all share it")
            @Nullable String issuedBy,

            @JsonPropertyDescription("The immutable Secret with the code that makes workers verify; absent without TLS")
            @Nullable String codeSecret,

            @JsonPropertyDescription(
                    "What is verified, and by which name where that is not the host's; absent where it is chain and name")
            @Nullable String verify,

            @JsonPropertyDescription("AMQP where it is a RabbitMQ; absent where it is a Redis") @Nullable String protocol,

            @JsonPropertyDescription("When it was first proven")
            String time) {
        /** The same connection, on which the operator presents another certificate. */
        public Proven identifiedBy(@Nullable String identity, @Nullable String issuer) {
            return new Proven(connectionSecret, trustSecret, identity, issuer, codeSecret, verify, protocol, time);
        }
    }

    /** What one client has. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ClientStatus(
            @JsonPropertyDescription("As the spec names it") String name,

            @JsonPropertyDescription("The Secret that it mounts")
            String secret,

            @JsonPropertyDescription(
                    "Whether its Secrets hold the connection that was proven last, and nobody runs with what they held before")
            boolean current,

            @JsonPropertyDescription("When what its Secrets hold last changed") @Nullable String since,

            @JsonPropertyDescription(
                    "Who was started before that and has not been restarted since, such as Deployment/web")
            @Nullable List<String> waitingFor) {}

    /** A move from one server to another. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Moving(
            @JsonPropertyDescription("Host and port of the old server")
            String from,

            @JsonPropertyDescription("Host and port of the new one, which was proven")
            String to,

            @JsonPropertyDescription("When the new one was first proven, or when workers went to it")
            String since,

            @JsonPropertyDescription(
                    "What workers were given before: present once they are on the new server, while the old one is still looked at")
            @Nullable Proven former,

            @JsonPropertyDescription("What was last seen there") @Nullable String left,

            @JsonPropertyDescription(
                    "How often workers went back for jobs that came to the old server after they had gone")
            @Nullable Integer returns) {

        /** Whether workers are on the new server already. */
        public boolean gone() {
            return former != null;
        }

        /** With what is seen there now. */
        public Moving left(String now) {
            return new Moving(from, to, since, former, now, returns);
        }

        public int timesBack() {
            return returns == null ? 0 : returns;
        }
    }
}
