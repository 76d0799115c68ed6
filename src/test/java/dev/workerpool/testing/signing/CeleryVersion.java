package dev.workerpool.testing.signing;

import dev.workerpool.testing.jobs.Needed;
import java.nio.file.Path;

/** The versions of Celery that the build has, each in a venv of its own, with the cryptography it can sign with. */
public enum CeleryVersion {
    V5_2_7("5.2.7", "celery-5.2.7-venv"),
    V5_5_3("5.5.3", "celery-5.5.3-venv"),
    V5_7_0("5.7.0", "celery-venv"),
    /** Whose own signing is broken. */
    V5_4_0("5.4.0", "celery-5.4.0-venv");

    private final String version;
    private final String venv;

    CeleryVersion(String version, String venv) {
        this.version = version;
        this.venv = venv;
    }

    public String version() {
        return version;
    }

    /** The interpreter that has it. */
    public String python() {
        Path python = Needed.cache().resolve(venv).resolve("bin").resolve("python");
        return Needed.at(python, "see celery_version in .ci/run").toString();
    }
}
