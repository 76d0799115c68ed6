package dev.workerpool.tools.demo;

/** Which Kubernetes API: the real control plane, or one that is played in this process. */
enum ApiChoice {
    auto,
    real,
    mock
}
