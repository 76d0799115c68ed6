package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.framework.Launch.Variable.FromConnection;
import dev.workerpool.framework.Launch.Variable.FromConnectionOrImage;
import dev.workerpool.framework.Launch.Variable.Literal;
import dev.workerpool.framework.Launch.Variable.OfBroker;
import dev.workerpool.framework.Launch.Variable.PodName;
import dev.workerpool.framework.Launch.Variable.PodNameForHostName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTest {
    private static final Celery CELERY = new Celery(Optional.of("shop.tasks"), "", Duration.ofHours(1));
    private static final Sidekiq SIDEKIQ = new Sidekiq();
    private static final Custom CUSTOM = new Custom(List.of(), List.of());
    private static final Work WORK = new Work(List.of("mail", "low"), 5, Duration.ofMinutes(5), true);
    private static final Work PLAIN = new Work(List.of("mail"), 5, Duration.ofMinutes(5), false);

    @Test
    void celeryIsToldItsConcurrencyQueuesAndNameByFlagsAndByVariables() {
        Launch launch = CELERY.launch(WORK);

        assertEquals(List.of("celery", "-A", "shop.tasks", "worker"), launch.command());
        assertEquals(
                List.of(
                        "--concurrency=5",
                        "--queues=mail,low",
                        "--hostname=celery@$(POD_NAME)",
                        "--without-gossip",
                        "--without-mingle"),
                launch.flagsNotIn(List.of()));
        assertEquals(
                List.of(
                        new PodName("POD_NAME"),
                        new FromConnection("CELERY_BROKER_URL", "celery-url"),
                        new Literal("CELERY_WORKER_CONCURRENCY", "5"),
                        new Literal("CELERY_WORKER_QUEUES", "mail,low"),
                        new Literal("CELERY_WORKER_HOSTNAME", "celery@$(POD_NAME)")),
                launch.variables());
    }

    @Test
    void withoutAnAppCelerysCommandIsTheImages() {
        assertEquals(
                List.of(),
                new Celery(Optional.empty(), "", Duration.ofHours(1))
                        .launch(WORK)
                        .command());
    }

    @Test
    void sidekiqIsToldItsTimeoutTooAndTheRootsOnlyOverTls() {
        Launch launch = SIDEKIQ.launch(WORK);

        assertEquals(List.of("bundle", "exec", "sidekiq"), launch.command());
        assertEquals(
                List.of("-c", "5", "-t", "295", "-q", "mail", "-q", "low"),
                launch.flagsNotIn(List.of("-r", "./app.rb")));
        assertEquals(
                List.of(
                        new FromConnection("WORKERPOOL_BROKER_URL", "uri"),
                        new OfBroker("REDIS_PROVIDER", "WORKERPOOL_BROKER_URL"),
                        new FromConnectionOrImage("REDIS_URL", "uri"),
                        new Literal("RAILS_MAX_THREADS", "5"),
                        new PodNameForHostName("DYNO"),
                        new OfBroker("SSL_CERT_FILE", "/var/run/workerpool/trust/ca.crt")),
                launch.variables());
        assertEquals(5, SIDEKIQ.launch(PLAIN).variables().size());
    }

    @Test
    void theRootsOfTheProcessAreLeftAloneWhereTheMountedCodeVerifies() {
        List<Framework> all = List.of(SIDEKIQ, new Resque("resque"), new BullMq("bull", "REDIS_URL"), new Rq(), CELERY);
        for (Framework framework : all) {
            assertEquals(
                    List.of(),
                    framework.launch(WORK.withCode()).variables().stream()
                            .filter(OfBroker.class::isInstance)
                            .filter(variable -> !variable.name().equals("REDIS_PROVIDER"))
                            .toList());
        }
    }

    @Test
    void anAppThatReadsItsUrlFromAnotherVariableIsGivenThatOne() {
        FromConnection url = new FromConnection("JOBS_URL", "uri");
        assertEquals(
                List.of(url, new OfBroker("REDIS_PROVIDER", "JOBS_URL")),
                new Sidekiq(Optional.of("JOBS_URL")).launch(PLAIN).variables().subList(0, 2));
        assertFalse(new Sidekiq(Optional.of("JOBS_URL"))
                .launch(PLAIN)
                .variables()
                .contains(new FromConnectionOrImage("REDIS_URL", "uri")));
        assertEquals(
                List.of(new FromConnection("RQ_REDIS_URL", "celery-url"), new FromConnection("JOBS_URL", "celery-url")),
                new Rq(Optional.of("JOBS_URL")).launch(PLAIN).variables());
        assertEquals(
                url, new Resque("resque", "JOBS_URL").launch(PLAIN).variables().getFirst());
        assertTrue(new Custom(List.of(), List.of(), Optional.of("JOBS_URL"))
                .launch(PLAIN)
                .variables()
                .contains(url));
    }

    @Test
    void celerysResultsAreTheAppsAffairUnlessTheyAreToBeKeptAtTheBroker() {
        assertFalse(CELERY.launch(WORK).variables().toString().contains("RESULT"));
        assertTrue(new Celery(Optional.empty(), "", Duration.ofHours(1), true)
                .launch(WORK)
                .variables()
                .contains(new FromConnection("CELERY_RESULT_BACKEND", "celery-url")));
    }

    @Test
    void aCustomWorkerIsToldByVariablesAlone() {
        Launch launch = CUSTOM.launch(WORK);

        assertEquals(List.of(), launch.command());
        assertEquals(List.of(), launch.flags());
        assertEquals(
                List.of(
                        new FromConnection("WORKERPOOL_BROKER_URL", "uri"),
                        new FromConnection("WORKERPOOL_BROKER_HOST", "host"),
                        new FromConnection("WORKERPOOL_BROKER_PORT", "port"),
                        new OfBroker("WORKERPOOL_CA_FILE", "/var/run/workerpool/trust/ca.crt"),
                        new Literal("WORKERPOOL_CONCURRENCY", "5"),
                        new Literal("WORKERPOOL_QUEUES", "mail,low"),
                        new Literal("WORKERPOOL_DRAIN_TIMEOUT", "295")),
                launch.variables());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c 7", "-c7", "--concurrency 7", "--concurrency=7", "-v -c 7"})
    void aFlagOfTheAuthorIsNotGivenTwice(String author) {
        List<String> words = List.of(author.split(" "));

        assertEquals(List.of("-t", "295", "-q", "mail"), SIDEKIQ.launch(PLAIN).flagsNotIn(words));
        assertEquals(
                List.of("--queues=mail", "--hostname=celery@$(POD_NAME)", "--without-gossip", "--without-mingle"),
                CELERY.launch(PLAIN).flagsNotIn(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-C 7", "--config=x", "--concurrency-limit=7", "concurrency", "-v"})
    void otherFlagsHinderNothing(String author) {
        List<String> words = List.of(author.split(" "));

        assertEquals(
                List.of("-c", "5", "-t", "295", "-q", "mail"),
                SIDEKIQ.launch(PLAIN).flagsNotIn(words));
    }

    @Test
    void anAuthorsQueuesReplaceAllOfThePools() {
        assertEquals(List.of("-c", "5", "-t", "295"), SIDEKIQ.launch(WORK).flagsNotIn(List.of("-q", "critical,2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sidekiq",
                "bundle exec sidekiq",
                "bundle exec sidekiq -r ./app.rb",
                "/usr/local/bin/sidekiq -C config/sidekiq.yml",
                "tini -- bundle exec sidekiq",
                "bash entrypoint.sh bundle exec sidekiq"
            })
    void sidekiqIsRecognised(String command) {
        assertTrue(SIDEKIQ.starts(List.of(command.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rails server",
                "bundle exec sidekiqmon",
                "sh -c sidekiq",
                "tini -- /bin/bash -lc sidekiq",
                "ruby sidekiq.rb"
            })
    void whatDoesNotEndInSidekiqIsNot(String command) {
        assertFalse(SIDEKIQ.starts(List.of(command.split(" "))));
        assertFalse(SIDEKIQ.starts(List.of("sh", "-c", "bundle exec sidekiq")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "celery -A tasks worker",
                "python3 -m celery -A tasks worker",
                "celery --app=tasks worker -c 3",
                "/venv/bin/celery -A worker worker",
                "poetry run celery -q --app tasks worker"
            })
    void celerysWorkerIsRecognised(String command) {
        assertTrue(CELERY.starts(List.of(command.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "celery",
                "celery -A tasks beat",
                "celery -A worker beat",
                "celery -A tasks multi start worker",
                "python worker.py",
                "sh -c celery -A tasks worker"
            })
    void whatDoesNotRunCelerysWorkerIsNot(String command) {
        assertFalse(CELERY.starts(List.of(command.split(" "))));
    }

    @Test
    void noCommandIsKnownToStartACustomWorker() {
        assertFalse(CUSTOM.starts(List.of("worker")));
    }
}
