package dev.workerpool.desired;

import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.Protocol;
import dev.workerpool.testing.builders.AWorkerPool;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InjectionTest {
    private static final Optional<String> TRUST = Optional.of("jobs-trust-1");
    private static final Optional<String> CODE = Optional.of("jobs-code-1");

    @Test
    void what_every_client_verifies_by_itself_needs_no_code() {
        AWorkerPool unknown = aWorkerPool().withWorker(c -> c.withArgs("bundle", "exec", "sidekiq"));
        assertEquals(
                Optional.empty(), fault(unknown, new Proven("c", TRUST, Optional.empty(), CODE, Optional.empty())));
        assertEquals(Optional.empty(), fault(unknown, new Proven("c", Optional.empty())));
    }

    @Test
    void another_verification_is_for_workers_whose_command_is_known() {
        Proven other = new Proven("c", TRUST, Optional.empty(), CODE, Optional.of("CA"));
        assertEquals(Optional.empty(), fault(aWorkerPool(), other));
        String why = fault(aWorkerPool().withWorker(c -> c.withArgs("bundle", "exec", "sidekiq")), other)
                .orElseThrow();
        assertEquals(
                Optional.of(why),
                fault(
                        aWorkerPool()
                                .withWorker(c ->
                                        c.withCommand("sidekiq").withEnv(new EnvVar("WORKERPOOL_TRUST", "", null))),
                        other));
        assertTrue(why.contains("(CA)") && why.contains("give the worker's command in the template"), why);
    }

    @Test
    void a_client_certificate_is_for_workers_that_can_present_it() {
        Proven presenting = new Proven("c", TRUST, Optional.of("jobs-identity-1"), CODE, Optional.empty());
        assertEquals(Optional.empty(), fault(aWorkerPool(), presenting));
        String why = fault(aWorkerPool().withWorker(c -> c.withArgs("bundle", "exec", "sidekiq")), presenting)
                .orElseThrow();
        assertTrue(
                why.startsWith(
                        "the broker is presented a client certificate, and that takes mounted code before a command"),
                why);
    }

    @Test
    void sentinels_and_clusters_have_no_code() {
        Proven other = new Proven("c", TRUST, Optional.empty(), Optional.empty(), Optional.of("Full as redis.corp"));
        assertTrue(fault(aWorkerPool(), other).orElseThrow().contains("not for sentinels and clusters"));
    }

    @Test
    void over_amqps_nothing_but_mounted_code_makes_a_worker_verify() {
        Proven rabbit = rabbit(TRUST, CODE);
        AWorkerPool celery = aWorkerPool().ofCelery("a");
        assertEquals(
                Optional.empty(), fault(celery.withWorker(c -> c.withCommand("celery", "-A", "a", "worker")), rabbit));
        String why = fault(celery.withWorker(c -> c.withCommand(List.of()).withArgs("celery", "worker")), rabbit)
                .orElseThrow();
        assertTrue(
                why.startsWith(
                        "over amqps:// no URL and no variable makes a worker verify the broker, and that takes mounted code"),
                why);
        assertEquals(
                Optional.empty(),
                fault(
                        celery.withWorker(c -> c.withCommand(List.of()).withArgs("celery", "worker")),
                        rabbit(Optional.empty(), Optional.empty())));
    }

    @Test
    void a_framework_that_uses_no_RabbitMQ_is_told_so_and_so_is_who_wants_results_there() {
        Proven rabbit = rabbit(TRUST, CODE);
        AWorkerPool celery = aWorkerPool().ofCelery("a");
        assertEquals(Optional.empty(), Injection.mismatch(settings(celery), rabbit));
        AWorkerPool sidekiq = aWorkerPool();
        assertTrue(Injection.mismatch(settings(sidekiq), rabbit)
                .orElseThrow()
                .contains("which framework Sidekiq does not use here"));
        assertEquals("BrokerNotSupported", told(sidekiq, rabbit).reason());
        assertEquals(Optional.empty(), Injection.mismatch(settings(sidekiq), new Proven("c", TRUST)));
        assertTrue(Injection.mismatch(settings(aWorkerPool().ofCelery("a").keepingResultsAtTheBroker()), rabbit)
                .orElseThrow()
                .contains("leave celery.resultBackend out"));
    }

    private static Proven rabbit(Optional<String> trust, Optional<String> code) {
        return new Proven("c", trust, Optional.empty(), code, Optional.empty(), Protocol.AMQP);
    }

    @Test
    void who_verifies_is_told() {
        Proven plain = new Proven("c", Optional.empty());
        Proven coded = new Proven("c", TRUST, Optional.empty(), CODE, Optional.empty());
        assertEquals("ConnectionGiven", told(aWorkerPool(), plain).reason());
        assertEquals("VerificationEnforced", told(aWorkerPool(), coded).reason());
        assertEquals(
                "ConnectionGiven",
                told(aWorkerPool(), new Proven("c", TRUST, Optional.empty(), CODE, Optional.of("None")))
                        .reason());
    }

    @Test
    void where_the_mounted_code_is_not_in_force_nobody_claims_that_workers_verify() {
        Proven coded = new Proven("c", TRUST, Optional.empty(), CODE, Optional.empty());
        AWorkerPool optedOut = aWorkerPool().withWorker(c -> c.withEnv(new EnvVar("WORKERPOOL_TRUST", "", null)));
        AWorkerPool imagesOwn = aWorkerPool().withWorker(c -> c.withArgs("bundle", "exec", "sidekiq"));
        assertEquals(
                "WorkersUnverified", told(aWorkerPool(), new Proven("c", TRUST)).reason());
        assertEquals("WorkersUnverified", told(optedOut, coded).reason());
        Injection.Told told = told(imagesOwn, coded);
        assertFalse(told.holds());
        assertEquals("InjectionNotPossible", told.reason());
        assertTrue(told.message().contains("give the worker's command in the template"), told.message());
    }

    @Test
    void what_the_template_sets_itself_is_named_and_never_quoted() {
        AWorkerPool theirs = aWorkerPool()
                .withWorker(c -> c.withEnv(
                        new EnvVar("REDIS_PROVIDER", "MINE", null), new EnvVar("SSL_CERT_FILE", "hunter2", null)));
        Injection.Told told = told(theirs, new Proven("c", TRUST));
        assertEquals("SetByTemplate", told.reason());
        assertTrue(told.message().contains("REDIS_PROVIDER, SSL_CERT_FILE"), told.message());
        assertFalse(told.message().contains("hunter2"), told.message());
    }

    @Test
    void a_cache_in_the_variable_that_sidekiq_need_not_read_is_the_app_s_own() {
        AWorkerPool cache = aWorkerPool().withWorker(c -> c.withEnv(new EnvVar("REDIS_URL", "redis://cache", null)));
        Injection.Told told = told(cache, new Proven("c", Optional.empty()));
        assertEquals("ConnectionGiven", told.reason());
        assertTrue(told.message().contains("REDIS_URL"), told.message());
    }

    @Test
    void signing_is_for_workers_whose_command_is_known_and_is_never_silently_absent() {
        AWorkerPool celery = aWorkerPool().ofCelery("shop.tasks");
        Proven signing = new Proven("c", TRUST, Optional.empty(), CODE, Optional.empty(), Protocol.Redis)
                .signingBy(Optional.of("mail-signing-1"));
        assertEquals(Optional.empty(), unsigned(celery, signing));
        assertEquals(Optional.empty(), unsigned(celery, new Proven("c", TRUST)));
        assertTrue(unsigned(celery, new Proven("c", TRUST).signingBy(Optional.of("mail-signing-1")))
                .isPresent());
        assertTrue(unsigned(
                        aWorkerPool()
                                .ofCelery("shop.tasks")
                                .withWorker(c -> c.withArgs("celery", "-A", "shop.tasks", "worker")),
                        signing)
                .orElseThrow()
                .contains("give the worker's command"));
        assertTrue(unsigned(
                        aWorkerPool()
                                .ofCelery("shop.tasks")
                                .withWorker(c -> c.withEnv(new EnvVar("WORKERPOOL_SIGNING", "", null))),
                        signing)
                .orElseThrow()
                .contains("WORKERPOOL_SIGNING"));
    }

    private static Optional<String> unsigned(AWorkerPool pool, Proven proven) {
        return Injection.unsigned(settings(pool), proven);
    }

    private static PoolSettings settings(AWorkerPool pool) {
        return ((PoolSettings.Parsed.Valid) PoolParser.parse(pool.build())).settings();
    }

    private static Injection.Told told(AWorkerPool pool, Proven proven) {
        return Injection.told(settings(pool), proven);
    }

    private static Optional<String> fault(AWorkerPool pool, Proven proven) {
        return Injection.fault(settings(pool), proven);
    }
}
