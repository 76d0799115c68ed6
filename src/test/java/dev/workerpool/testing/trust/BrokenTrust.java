package dev.workerpool.testing.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trust file that nobody can use: an app that ran on would run unverified. */
public enum BrokenTrust {
    NO_FILE("{}"),
    A_FOLDER("{}"),
    EMPTY(""),
    CUT_OFF("{\"version\": 1, \"ca\": \"SECRET"),
    NO_OBJECT("[\"SECRET\"]"),
    NO_VERSION("{\"endpoints\": ENDPOINTS, \"verify\": \"Full\", \"ca\": CA}"),
    A_LATER_VERSION("{\"version\": 2, \"endpoints\": ENDPOINTS, \"verify\": \"Full\", \"ca\": CA}"),
    NO_ENDPOINTS("{\"version\": 1, \"endpoints\": [], \"verify\": \"Full\", \"ca\": CA}"),
    ENDPOINTS_MISSING("{\"version\": 1, \"verify\": \"Full\", \"ca\": CA}"),
    NO_PORT("{\"version\": 1, \"endpoints\": [{\"host\": \"SECRET\"}], \"verify\": \"Full\", \"ca\": CA}"),
    NO_VERIFY("{\"version\": 1, \"endpoints\": ENDPOINTS, \"ca\": CA}"),
    UNKNOWN_VERIFY("{\"version\": 1, \"endpoints\": ENDPOINTS, \"verify\": \"SECRET\", \"ca\": CA}"),
    NO_CA("{\"version\": 1, \"endpoints\": ENDPOINTS, \"verify\": \"Full\"}"),
    CA_NOT_THERE("{\"version\": 1, \"endpoints\": ENDPOINTS, \"verify\": \"Full\", \"ca\": \"/nowhere/ca.crt\"}"),
    CA_EMPTY("{\"version\": 1, \"endpoints\": ENDPOINTS, \"verify\": \"Full\", \"ca\": EMPTY}"),
    CA_WITHOUT_CERTIFICATE("{\"version\": 1, \"endpoints\": ENDPOINTS, \"verify\": \"Full\", \"ca\": PROSE}"),
    CERTIFICATE_WITHOUT_KEY(
            "{\"version\": 1, \"endpoints\": ENDPOINTS, \"verify\": \"Full\", \"ca\": CA," + " \"certificate\": CA}");

    /** Must never be said again. */
    static final String SECRET = "s3cret";

    private final String text;

    BrokenTrust(String text) {
        this.text = text;
    }

    /**
     * Writes it, and what it names.
     *
     * @return where it is, or would be
     */
    Path in(Path folder, String caPem) throws IOException {
        Path ca = Files.writeString(folder.resolve("ca.crt"), caPem);
        Path empty = Files.writeString(folder.resolve("empty.crt"), "");
        Path prose = Files.writeString(folder.resolve("prose.crt"), "# a comment, " + SECRET + "\n");
        Path file = folder.resolve("trust.json");
        if (this == A_FOLDER) {
            return Files.createDirectory(file);
        }
        if (this == NO_FILE) {
            return file;
        }
        String written = text.replace("ENDPOINTS", "[{\"host\": \"localhost\", \"port\": 6379}]")
                .replace("EMPTY", '"' + empty.toString() + '"')
                .replace("PROSE", '"' + prose.toString() + '"')
                .replace("CA", '"' + ca.toString() + '"')
                .replace("SECRET", SECRET);
        return Files.writeString(file, written);
    }
}
