package dev.workerpool.desired;

import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.framework.Launch.Variable;
import java.util.Optional;
import java.util.stream.Stream;

/** Where files are that no framework has a name for. */
final class FileVariables {
    private static final Mounted WHERE = Mounted.IN_WORKERS;

    private FileVariables() {}

    /** @param code the Secret with the code that is mounted */
    static Stream<Variable> of(Proven proven, Optional<String> code) {
        return Stream.of(
                        code.stream()
                                .map(secret -> new Variable.OfBroker(
                                        ConnectionKeys.TRUST_VARIABLE,
                                        ConnectionKeys.CODE_DIR + "/" + ConnectionKeys.TRUST_JSON)),
                        proven.identity().stream()
                                .flatMap(secret -> Stream.of(
                                        new Variable.OfBroker("WORKERPOOL_CERT_FILE", WHERE.certificate()),
                                        new Variable.OfBroker("WORKERPOOL_KEY_FILE", WHERE.key()))),
                        proven.signing().stream()
                                .map(secret -> new Variable.OfBroker(
                                        ConnectionKeys.SIGNING_VARIABLE,
                                        ConnectionKeys.SIGNING_DIR + "/" + ConnectionKeys.SIGNING_JSON)),
                        proven.identity().filter(Pkcs12Data::isIn).stream().flatMap(secret -> stores(proven)))
                .flatMap(variables -> variables);
    }

    private static Stream<Variable> stores(Proven proven) {
        Stream<Variable> own = Stream.of(
                new Variable.OfBroker("WORKERPOOL_KEYSTORE_FILE", WHERE.identity() + "/" + Pkcs12Data.KEYSTORE),
                new Variable.OfBroker(
                        "WORKERPOOL_KEYSTORE_PASSWORD_FILE", WHERE.identity() + "/" + Pkcs12Data.PASSWORD));
        return proven.hasRoots()
                ? Stream.concat(
                        own,
                        Stream.of(new Variable.OfBroker(
                                "WORKERPOOL_TRUSTSTORE_FILE", WHERE.trust() + "/" + Pkcs12Data.TRUSTSTORE)))
                : own;
    }
}
