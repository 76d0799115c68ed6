package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Probe.Failed;
import java.util.Locale;

/** What a server said when it refused a login or a first command. */
final class ServerErrors {
    private ServerErrors() {}

    static Failed explain(String error, Endpoint endpoint) {
        String where = endpoint.hostAndPort();
        String said = error.toLowerCase(Locale.ROOT);
        if (said.startsWith("wrongpass") || said.contains("invalid password")) {
            return new Failed(Cause.LoginRefused, where + " refuses the user name or the password");
        }
        if (said.contains("without any password configured") || said.contains("no password is set")) {
            return new Failed(
                    Cause.LoginRefused,
                    where + " has no password for its default user, but one was given; leave it out");
        }
        if (said.startsWith("noauth")) {
            return new Failed(Cause.LoginRequired, where + " wants a password, and none was given");
        }
        if (said.contains("max number of clients")) {
            return new Failed(Cause.TooManyClients, where + " has as many clients as it takes (maxclients)");
        }
        if (said.contains("db index is out of range")) {
            return new Failed(Cause.Failed, where + " has no database " + endpoint.database());
        }
        if (said.startsWith("loading")) {
            return new Failed(Cause.Failed, where + " is still loading its data");
        }
        if (said.startsWith("denied")) {
            return new Failed(
                    Cause.Failed, where + " runs in protected mode: it takes clients of its own machine only");
        }
        if (said.startsWith("noperm")) {
            return new Failed(
                    Cause.Failed,
                    "the login lacks the permission to use database %d of %s".formatted(endpoint.database(), where));
        }
        // Anything else may repeat what was sent, and a login is sent first: only its first word is safe to show.
        return new Failed(Cause.Failed, where + " answered the login with the error " + firstWord(error));
    }

    static String firstWord(String error) {
        String word = error.split("\\s", 2)[0];
        return word.matches("[A-Z]{2,20}") ? word : "of a kind that Redis does not send";
    }
}
