package dev.workerpool.testing.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a Redis is set up: what it presents, who may log in, how many clients it takes. Plain and open unless said. */
public record RedisOptions(
        Optional<PrivateCa> ca, Optional<Leaf> presents, Optional<Login> login, int maxClients, List<String> more) {

    private static final String CLIENTS_CERTIFIED = "tls-auth-clients yes";

    /** A password for the default user where the name is {@code default}, else an ACL user with all rights. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    public RedisOptions {
        more = List.copyOf(more);
    }

    public static RedisOptions plain() {
        return new RedisOptions(Optional.empty(), Optional.empty(), Optional.empty(), 10_000, List.of());
    }

    public static RedisOptions tls(PrivateCa ca) {
        return tls(ca, ca.leaf());
    }

    /** TLS with a certificate of the test's choice; the authority is still what clients are told to trust. */
    public static RedisOptions tls(PrivateCa ca, Leaf presents) {
        return new RedisOptions(Optional.of(ca), Optional.of(presents), Optional.empty(), 10_000, List.of());
    }

    public RedisOptions withPassword(String password) {
        return withUser("default", password);
    }

    public RedisOptions withUser(String user, String password) {
        return new RedisOptions(ca, presents, Optional.of(new Login(user, password)), maxClients, more);
    }

    public RedisOptions withMaxClients(int clients) {
        return new RedisOptions(ca, presents, login, clients, more);
    }

    /** Only clients with a certificate of the server's authority are let in. */
    public RedisOptions withClientCertificatesRequired() {
        return withLine(CLIENTS_CERTIFIED);
    }

    boolean wantsClientCertificates() {
        return more.contains(CLIENTS_CERTIFIED);
    }

    /** A line of redis.conf. */
    public RedisOptions withLine(String line) {
        List<String> lines = new ArrayList<>(more);
        lines.add(line);
        return new RedisOptions(ca, presents, login, maxClients, lines);
    }
}
