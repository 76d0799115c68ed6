package dev.workerpool.testing.kube;

/** A certificate and its private key, both as PEM. */
record Identity(String certificate, String key) {}
