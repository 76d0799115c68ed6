package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.ClientStatus;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.desired.ClientSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who sends jobs with a certificate that another authority than the present one signed, or may. Their Secrets change in place: who was
 * started before has what was there before. Goes by the Secrets themselves: what a status says of them may be of a moment before.
 */
final class FormerClients {
    private final Function<BrokerKey, List<Secret>> secrets;
    private final BiFunction<BrokerKey, Map<String, Instant>, Map<String, List<String>>> formerUse;

    /**
     * Goes by what it asks.
     *
     * @param secrets what those mount who send jobs through a Broker, or did
     * @param formerUse by Secret and when it changed, who runs with what it held before
     */
    FormerClients(
            Function<BrokerKey, List<Secret>> secrets,
            BiFunction<BrokerKey, Map<String, Instant>, Map<String, List<String>>> formerUse) {
        this.secrets = secrets;
        this.formerUse = formerUse;
    }

    /** For people: workloads such as {@code Deployment/web}, and Secrets that still hold a former one. */
    List<String> of(Broker broker, Predicate<X509Certificate> isOfInUse) {
        BrokerKey key = BrokerReconciler.key(broker);
        Map<String, Instant> changed = new TreeMap<>();
        for (Secret secret : secrets.apply(key)) {
            String name = secret.getMetadata().getName();
            if (isFormer(secret, isOfInUse)) {
                changed.put(name, Instant.MAX);
            } else if (!isSettled(broker, secret)) {
                changed.put(name, ClientSecrets.since(secret).orElse(Instant.MAX));
            }
        }
        Map<String, List<String>> former = formerUse.apply(key, changed);
        return changed.entrySet().stream()
                .flatMap(entry -> named(entry.getKey(), entry.getValue(), former))
                .distinct()
                .sorted()
                .toList();
    }

    /** One that holds a former certificate is waited for though nobody runs with it: who starts would. */
    private static Stream<String> named(String secret, Instant changed, Map<String, List<String>> former) {
        List<String> workloads = former.getOrDefault(secret, List.of());
        return workloads.isEmpty() && changed.equals(Instant.MAX) ? Stream.of("Secret " + secret) : workloads.stream();
    }

    private static boolean isFormer(Secret secret, Predicate<X509Certificate> isOfInUse) {
        return BrokerSecrets.identity(secret)
                .filter(identity -> !isOfInUse.test(identity.certificate()))
                .isPresent();
    }

    /** Once nobody ran with what there was before, nobody can do so again. */
    static boolean isSettled(Broker broker, Secret secret) {
        return Optional.ofNullable(broker.getStatus()).map(BrokerStatus::clients).orElse(List.of()).stream()
                .anyMatch(shown -> shown.secret().equals(secret.getMetadata().getName()) && holds(shown, secret));
    }

    private static boolean holds(ClientStatus shown, Secret secret) {
        return shown.current()
                && shown.since() != null
                && ClientSecrets.since(secret)
                        .filter(since -> !Instant.parse(shown.since()).isBefore(since))
                        .isPresent();
    }
}
