package dev.workerpool.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Bundles, broken as people and attackers spoil a file. The same ones for the same dice; some can still be read. */
public final class BrokenPems {
    private final RandomGenerator dice;
    private final String good;

    private final List<UnaryOperator<String>> ways;

    /** @param good what is to be spoilt */
    public BrokenPems(RandomGenerator dice, String good) {
        this.dice = dice;
        this.good = good;
        this.ways = List.of(
                text -> text.substring(0, dice.nextInt(text.length())),
                text -> text.substring(dice.nextInt(text.length())),
                text -> with(text, dice.nextInt(text.length()), (char) dice.nextInt(128)),
                text -> with(text, dice.nextInt(text.length()), (char) dice.nextInt(0x2000)),
                text -> text.replace("\n", dice.nextBoolean() ? "\r\n" : "\\n"),
                text -> text.replace("CERTIFICATE", dice.nextBoolean() ? "PRIVATE KEY" : "TRUSTED CERTIFICATE"),
                text -> text.replaceAll("[A-Za-z0-9+/]{4}\n", "\n"),
                this::flipped);
    }

    public Stream<String> several() {
        return Stream.generate(this::next);
    }

    String next() {
        String text = good;
        for (int times = dice.nextInt(3); times >= 0; times--) {
            text = text.isEmpty() ? text : ways.get(dice.nextInt(ways.size())).apply(text);
        }
        return text;
    }

    /** A bit within a certificate: still PEM, and often still DER. */
    private String flipped(String text) {
        List<X509Certificate> certificates = Certificates.parse(text).certificates();
        if (certificates.isEmpty()) {
            return text;
        }
        byte[] der = Base64.getMimeDecoder()
                .decode(Certificates.pem(certificates.subList(0, 1)).replaceAll("-----[A-Z ]+-----", ""));
        der[dice.nextInt(der.length)] ^= (byte) (1 << dice.nextInt(8));
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n"
                + Certificates.pem(certificates.subList(1, certificates.size()));
    }

    private static String with(String text, int at, char other) {
        return text.substring(0, at) + other + text.substring(at + 1);
    }
}
