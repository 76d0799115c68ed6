package dev.workerpool.testing.signing;

import static dev.workerpool.testing.signing.Attack.legitimate;
import static dev.workerpool.testing.signing.Attack.open;
import static dev.workerpool.testing.signing.Attack.refused;
import static dev.workerpool.testing.signing.Sender.order;
import static dev.workerpool.testing.signing.Sender.task;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.workerpool.testing.trust.Ran;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What somebody can do who has a connection to the broker, with a key or without one. In the table's order. */
public final class Attacks {
    private static final String NOTE = "mail.note";

    public static final List<Attack> ALL = List.of(
            legitimate("a task of a client of the pool's", by(Attacked.WEB, NOTE)),
            legitimate("a command (`inspect ping`) of such a client", scene -> scene.answers(Attacked.WEB)),
            refused("a plain producer, without a key", "unsigned", by(Attacked.NOBODY, NOTE)),
            refused("a pickled payload, which runs code when it is read", "unsigned", Attacks::pickled),
            refused("a key that nobody knows", "unknown-signer", by(Attacked.STRANGER, NOTE)),
            refused("a certificate that has expired", "expired-certificate", by(Attacked.OLD, NOTE)),
            refused("an argument changed on the way", "tampered", Attacks::changedBody),
            refused(
                    "the header names another task",
                    "changed-header",
                    changed("wiped ", message -> message.withHeader("task", "admin.wipe"))),
            refused(
                    "the header has another id",
                    "changed-header",
                    changed("", message -> message.withHeader("id", "11111111-2222-3333-4444-555555555555"))),
            refused("the expiry is taken out of the header", "changed-header", Attacks::unexpired),
            refused("replayed to the worker that did it", "replayed", scene -> replayed(scene, message -> message)),
            refused(
                    "the same, as if the broker gave it back",
                    "replayed",
                    scene -> replayed(scene, message -> message.withHeader("redelivered", BooleanNode.TRUE))),
            refused("a client's key, for a task that it may not have run", "not-allowed", by(Attacked.OTHER, NOTE)),
            refused("the same, hidden behind a task that it may", "not-allowed", Attacks::linked),
            refused("the key of a pool that is not in `acceptFrom`", "not-accepted", by(Attacked.REPORTS, NOTE)),
            refused("the operator's key, for any task", "not-allowed", by(Attacked.OPERATOR, NOTE)),
            new Attack("a command without a key", "runs", "refused", scene -> scene.answers(Attacked.NOBODY)),
            open("messages read in the broker", "can be read", Attacks::read),
            open("replayed to a worker that was started since, or to another one", "runs", Attacks::replayedLater));

    private Attacks() {}

    private static Function<Attacked, String> by(String sender, String task) {
        return scene -> {
            String word = scene.word();
            scene.sender(sender).does(task(task, word, "mail"));
            return scene.outcome(word);
        };
    }

    private static String pickled(Attacked scene) {
        scene.sender(Attacked.NOBODY).does(order("pickled").put("queue", "mail"));
        return scene.outcome("pickled");
    }

    private static String changedBody(Attacked scene) {
        String word = scene.word();
        String other = scene.word();
        Message message = scene.parked(task(NOTE, word, ""));
        scene.put(message.withBody(message.body().replace(word, other)));
        return scene.outcome(other);
    }

    private static Function<Attacked, String> changed(String before, UnaryOperator<Message> how) {
        return scene -> {
            String word = scene.word();
            scene.put(how.apply(scene.parked(task(NOTE, word, ""))));
            return scene.outcome(before + word);
        };
    }

    private static String unexpired(Attacked scene) {
        String word = scene.word();
        Message message = scene.parked(task(NOTE, word, "").put("expires", 0.2));
        Ran.command(Map.of(), List.of("sleep", "0.3"));
        scene.put(message.withHeader("expires", NullNode.getInstance()));
        return scene.outcome(word);
    }

    private static String replayed(Attacked scene, UnaryOperator<Message> how) {
        String word = scene.word();
        Message message = scene.parked(task(NOTE, word, ""));
        scene.put(message);
        scene.await(word);
        scene.put(how.apply(message));
        return scene.outcome(word, 2);
    }

    private static String linked(Attacked scene) {
        String word = scene.word();
        scene.sender(Attacked.WEB).does(task(NOTE, word, "mail").put("link", "admin.wipe"));
        return scene.outcome("wiped " + word);
    }

    private static String read(Attacked scene) {
        String word = scene.word();
        return scene.parked(task(NOTE, word, "")).body().contains(word) ? "can be read" : "cannot be read";
    }

    private static String replayedLater(Attacked scene) {
        String word = scene.word();
        Message message = scene.parked(task(NOTE, word, ""));
        scene.put(message);
        scene.await(word);
        scene.restartWorker();
        scene.put(message);
        return scene.outcome(word, 2);
    }
}
