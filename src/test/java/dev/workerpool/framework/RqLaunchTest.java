package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.workerpool.framework.Launch.Variable.FromConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RqLaunchTest {
    private static final Rq RQ = new Rq();
    private static final Work ONE = new Work(List.of("mail", "low"), 1, Duration.ofMinutes(5), true);
    private static final Work FIVE = new Work(List.of("mail", "low"), 5, Duration.ofMinutes(5), false);

    @Test
    void oneJobAtATimeIsOneWorkerAndMoreAreAPool() {
        assertEquals(List.of("rq", "worker"), RQ.launch(ONE).command());
        assertEquals(
                List.of("--with-scheduler", "mail", "low"),
                RQ.arguments(ONE, RQ.launch(ONE).command()));
        assertEquals(List.of("rq", "worker-pool"), RQ.launch(FIVE).command());
        assertEquals(
                List.of("--num-workers=5", "mail", "low"),
                RQ.arguments(FIVE, RQ.launch(FIVE).command()));
    }

    @Test
    void itsUrlSaysHowToVerify() {
        assertEquals(
                List.of(new FromConnection("RQ_REDIS_URL", "celery-url")),
                RQ.launch(ONE).variables());
    }

    @ParameterizedTest
    @CsvSource({
        "rq worker high, --with-scheduler",
        "rq worker -s high low, ''",
        "rq worker -n a -c settings --with-scheduler, mail low",
        "rq worker --name=a -nb -v -bq -ds random, --with-scheduler mail low",
        "python -m rq worker --job-class x.Job --burst, --with-scheduler mail low",
        "tini -- /venv/bin/rq worker-pool, --num-workers=5 mail low",
        "rq worker-pool -n 2 high, ''",
        "rq worker-pool --num-workers=2 -l DEBUG, mail low",
        "rq worker-pool -n2, mail low"
    })
    void whatTheAuthorSaysIsNotSaidAgain(String author, String ours) {
        assertEquals(ours, String.join(" ", RQ.arguments(FIVE, List.of(author.split(" ")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rq",
                "rq info",
                "rq suspend",
                "rqscheduler",
                "sh -c rq worker",
                "python worker.py",
                "rq cron worker"
            })
    void whatDoesNotRunAWorkerIsGivenNothing(String author) {
        List<String> words = List.of(author.split(" "));

        assertFalse(RQ.starts(words));
        assertEquals(List.of(), RQ.arguments(FIVE, words));
    }
}
