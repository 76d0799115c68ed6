package dev.workerpool.testing.trust;

import java.util.regex.Pattern;

/** One line of the matrix: a scene, and whether the worker must take the server for its broker. */
public enum TrustCase {
    BUNDLE(
            "public authorities and the private one",
            Scene.of(Presents.RIGHT, Told.full().trusting(Anchors.BUNDLE))),
    FIRST_USE("the authority alone, as pinned at first use", Scene.of(Presents.RIGHT, Told.full())),
    LEAF_ONLY(
            "the server's self-signed certificate alone",
            Scene.of(Presents.SELF_SIGNED, Told.full().trusting(Anchors.LEAF))),
    CLIENT_CERTIFICATE(
            "a client certificate is required, and given",
            Scene.of(Presents.RIGHT_TO_CERTIFIED_CLIENTS, Told.full().identifying())),
    NO_CLIENT_CERTIFICATE(
            "a client certificate is required, and not given",
            Scene.of(Presents.RIGHT_TO_CERTIFIED_CLIENTS, Told.full()),
            "certificate|reset|eof|closed|hang up|lost|EPIPE"),
    SERVER_NAME(
            "serverName, which is not the host's name",
            Scene.of(Presents.OTHER_NAME, Told.full().naming("elsewhere.example"))),
    NOT_THE_SERVER_NAME(
            "serverName, and the certificate names the host",
            Scene.of(Presents.RIGHT, Told.full().naming("elsewhere.example")),
            TrustCase.NAME),
    CA("verify: CA, and another name", Scene.of(Presents.OTHER_NAME, Told.authorityOnly())),
    CA_IMPOSTOR(
            "verify: CA, and another authority",
            Scene.of(Presents.IMPOSTOR, Told.authorityOnly()),
            TrustCase.AUTHORITY),
    WRONG_NAME("another name", Scene.of(Presents.OTHER_NAME, Told.full()), TrustCase.NAME),
    EXPIRED("expired an hour ago", Scene.of(Presents.EXPIRED, Told.full()), "certificate has expired|CERT_HAS_EXPIRED"),
    IMPOSTOR("the right name by another authority", Scene.of(Presents.IMPOSTOR, Told.full()), TrustCase.AUTHORITY),
    ANOTHER_LEAF(
            "self-signed, and another certificate of that name is trusted",
            Scene.of(Presents.ANOTHER_SELF_SIGNED, Told.full().trusting(Anchors.LEAF)),
            TrustCase.AUTHORITY),
    NONE("verify: None, and another authority", Scene.of(Presents.IMPOSTOR, Told.nothing())),
    CARELESS_RIGHT(
            "the app hard-codes no verification, and the server is right",
            Scene.of(Presents.RIGHT, Told.full()).toAnAppThatVerifiesNothing()),
    CARELESS_IMPOSTOR(
            "the app hard-codes no verification, and the right name is by another authority",
            Scene.of(Presents.IMPOSTOR, Told.full()).toAnAppThatVerifiesNothing(),
            TrustCase.AUTHORITY),
    CARELESS_WRONG_NAME(
            "the app hard-codes no verification, and the name is another",
            Scene.of(Presents.OTHER_NAME, Told.full()).toAnAppThatVerifiesNothing(),
            TrustCase.NAME),
    PLAIN("the app connects without TLS", Scene.of(Presents.NO_TLS, Told.full()), "takes TLS only");

    private static final String NAME = "hostname mismatch|host ?name|does not match|altnames";
    private static final String AUTHORITY = "self.signed|unable to (get|verify)|SELF_SIGNED|UNABLE_TO";

    private final String title;
    // A record of enums and a text is immutable; the checker knows annotated ones only.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Scene scene;

    private final Pattern refusal;

    TrustCase(String title, Scene scene) {
        this(title, scene, "");
    }

    TrustCase(String title, Scene scene, String refusal) {
        this.title = title;
        this.scene = scene;
        this.refusal = Pattern.compile(refusal, Pattern.CASE_INSENSITIVE);
    }

    /** What the table calls it. */
    public String title() {
        return title;
    }

    Scene scene() {
        return scene;
    }

    boolean connects() {
        return refusal.pattern().isEmpty();
    }

    /** Whether a library that said this refused the server for the reason that this case is about. */
    boolean isRefusedBy(String said) {
        return refusal.matcher(said).find();
    }
}
