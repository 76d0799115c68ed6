package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.trust.Told;
import dev.workerpool.testing.trust.TrustFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** redis-py itself: every way in which an app can tell it to verify nothing, and every kind of process it runs in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisPyIT {
    private final PrivateCa ca = PrivateCa.create();
    private final PrivateCa impostors = PrivateCa.create();
    private final RedisServer right = RedisServer.start(RedisOptions.tls(ca));
    private final RedisServer impostor = RedisServer.start(RedisOptions.tls(impostors));
    private Map<String, String> trust = Map.of();

    @BeforeAll
    void tellOfBoth(@TempDir Path folder) {
        Leaf none = PrivateCa.selfSignedLeaf();
        trust = new TrustFolder(folder).write(List.of(right.port(), impostor.port()), Told.full(), ca, none);
    }

    @AfterAll
    void end() {
        right.close();
        impostor.close();
    }

    Stream<Attempt> waysToVerifyNothing() {
        return Stream.of(
                new Attempt("", "{}"),
                new Attempt("", "{'ssl_cert_reqs': null}"),
                new Attempt("", "{'ssl_cert_reqs': 'none', 'ssl_check_hostname': false}"),
                new Attempt("", "{'ssl_cert_reqs': 'optional', 'ssl_check_hostname': false}"),
                new Attempt("?ssl_cert_reqs=none&ssl_check_hostname=false", "{}"),
                new Attempt("", "{'ssl_ca_certs': '%s'}".formatted(impostor.caFile())),
                new Attempt("?ssl_ca_certs=" + impostor.caFile(), "{}"),
                new Attempt(
                        "", "{'ssl_ca_data': '%s'}".formatted(impostors.pem().replace("\n", "\\n"))),
                new Attempt(
                        "", "{'ssl_ca_path': '%s'}".formatted(impostor.caFile().getParent())),
                new Attempt("", "{'ssl_ciphers': 'ALL:aNULL:@SECLEVEL=0', 'ssl_cert_reqs': null}"),
                new Attempt("", "{'ssl_ca_certs': '/nowhere/ca.crt'}"));
    }

    @ParameterizedTest
    @MethodSource("waysToVerifyNothing")
    void whateverTheAppSaysTheRightServerIsTakenAndTheImpostorIsNot(Attempt attempt) {
        List<String> said = connect(Stream.of("sync", "asyncio", "subclass")
                .flatMap(way -> Stream.of(attempt.at(right, way), attempt.at(impostor, way)))
                .toList());
        for (int each = 0; each < said.size(); each += 2) {
            assertEquals("connected", said.get(each));
            assertTrue(said.get(each + 1).contains("CERTIFICATE_VERIFY_FAILED"), said.get(each + 1));
        }
    }

    @Test
    void whatMakesTheAppsOwnVerificationStricterIsKeptOrRefused() {
        Attempt revocation = new Attempt("?ssl_include_verify_flags=[VERIFY_CRL_CHECK_LEAF]", "{}");
        for (String said : connect(List.of(revocation.at(right, "sync"), revocation.at(right, "asyncio")))) {
            assertTrue(said.contains("unable to get certificate CRL"), said);
        }
        Attempt ocsp = new Attempt("", "{'ssl_validate_ocsp': true}");
        String said = connect(List.of(ocsp.at(right, "sync"))).getFirst();
        assertTrue(said.contains("OCSP"), said);
    }

    @Test
    void theAppsOwnClientCertificateIsPresentedWhereTheOperatorHasNone(@TempDir Path folder) throws IOException {
        Leaf client = ca.leaf();
        Path certificate = Files.writeString(folder.resolve("app.crt"), client.certificatePem());
        Path key = Files.writeString(folder.resolve("app.key"), client.keyPem());
        RedisOptions certified = RedisOptions.tls(ca).withClientCertificatesRequired();
        try (RedisServer server = RedisServer.start(certified)) {
            Map<String, String> told =
                    new TrustFolder(folder).write(server.port(), Told.full(), ca, PrivateCa.selfSignedLeaf());
            Attempt own = new Attempt("", "{'ssl_certfile': '%s', 'ssl_keyfile': '%s'}".formatted(certificate, key));
            List<String> attempts = List.of(own.at(server, "sync"), own.at(server, "asyncio"));
            assertEquals(List.of("connected", "connected"), PythonCode.redisPy(told, attempts));
        }
    }

    @Test
    void filesThatAreReplacedCountFromTheNextConnectionOn(@TempDir Path folder) {
        Map<String, String> told = new TrustFolder(folder)
                .write(List.of(right.port(), impostor.port()), Told.full(), ca, PrivateCa.selfSignedLeaf());
        Attempt silent = new Attempt("", "{}");
        String replacing = "{\"way\": \"replace\", \"url\": \"%s\", \"options\": \"%s\"}"
                .formatted(impostor.caFile(), folder.resolve("ca.crt"));
        List<String> said = PythonCode.redisPy(
                told,
                List.of(silent.at(right, "sync"), replacing, silent.at(impostor, "sync"), silent.at(right, "sync")));
        assertEquals(List.of("connected", "connected", "connected"), said.subList(0, 3));
        assertTrue(said.get(3).contains("CERTIFICATE_VERIFY_FAILED"), said.get(3));
    }

    @Test
    void childrenVerifyAsTheirParentDoes() {
        Attempt careless = new Attempt("", "{'ssl_cert_reqs': null}");
        List<String> said = connect(Stream.of("fork", "spawn")
                .flatMap(way -> Stream.of(careless.at(right, way), careless.at(impostor, way)))
                .toList());
        assertEquals("connected", said.get(0));
        assertTrue(said.get(1).contains("CERTIFICATE_VERIFY_FAILED"), said.get(1));
        assertEquals("connected", said.get(2));
        assertTrue(said.get(3).contains("CERTIFICATE_VERIFY_FAILED"), said.get(3));
    }

    @Test
    void aConnectionThatAnAppsOwnClassOpensByItselfIsRefusedToTheBrokerAlone() {
        Attempt silent = new Attempt("", "{}");
        try (RedisServer other = RedisServer.start(RedisOptions.tls(PrivateCa.create()))) {
            for (String way : List.of("own", "own-asyncio")) {
                List<String> said = connect(List.of(silent.at(other, way), silent.at(right, way)));
                assertEquals("connected", said.get(0));
                assertTrue(said.get(1).contains("Refused by workerpool_trust"), said.get(1));
            }
        }
    }

    @Test
    void theHostIsComparedWithoutItsCase() {
        String url = impostor.url().replace("localhost", "LocalHost");
        Attempt careless = new Attempt("", "{'ssl_cert_reqs': null}");
        connect(List.of(careless.to(url, "sync"), careless.to(url, "asyncio")))
                .forEach(said -> assertTrue(said.contains("CERTIFICATE_VERIFY_FAILED"), said));
    }

    @Test
    void aPlainConnectionToTheBrokerIsRefusedBeforeAnythingIsSent() {
        Attempt plain = new Attempt("", "{}");
        String url = right.url().replace("rediss://", "redis://:s3cret@");
        connect(List.of(plain.to(url, "sync"), plain.to(url, "asyncio"))).forEach(said -> {
            assertTrue(said.contains("takes TLS only"), said);
            assertTrue(!said.contains("s3cret"), said);
        });
    }

    @Test
    void everyOtherServerIsTheAppsOwnAffair(@TempDir Path folder) {
        Path socket = folder.resolve("redis.sock");
        RedisOptions plain = RedisOptions.plain().withLine("unixsocket " + socket);
        try (RedisServer cache = RedisServer.start(plain);
                RedisServer other = RedisServer.start(RedisOptions.tls(PrivateCa.create()))) {
            Attempt silent = new Attempt("", "{}");
            Attempt careless = new Attempt("", "{'ssl_cert_reqs': null}");
            Attempt own = new Attempt("?ssl_ca_certs=" + other.caFile(), "{}");
            for (String way : List.of("sync", "asyncio")) {
                List<String> said = connect(List.of(
                        silent.at(cache, way),
                        silent.to("unix://" + socket, way),
                        careless.at(other, way),
                        own.at(other, way),
                        silent.at(other, way)));
                assertEquals(List.of("connected", "connected", "connected", "connected"), said.subList(0, 4));
                assertTrue(said.get(4).contains("CERTIFICATE_VERIFY_FAILED"), said.get(4));
            }
        }
    }

    private List<String> connect(List<String> attempts) {
        return PythonCode.redisPy(trust, attempts);
    }

    /**
     * One way of connecting.
     *
     * @param query of the URL
     * @param options for redis-py, in JSON with single quotes
     */
    record Attempt(String query, String options) {
        String at(RedisServer server, String way) {
            return to(server.url() + query, way);
        }

        String to(String url, String way) {
            return "{\"url\": \"%s\", \"way\": \"%s\", \"options\": %s}"
                    .formatted(url, way, options.replace('\'', '"'));
        }
    }
}
