package dev.workerpool.testing.trust;

/** What a server presents to an app that was told something. */
record Scene(Presents server, Told told, Manner manner) {

    static Scene of(Presents server, Told told) {
        return new Scene(server, told, Manner.SILENT);
    }

    Scene toAnAppThatVerifiesNothing() {
        return new Scene(server, told, Manner.VERIFYING_NOTHING);
    }
}
