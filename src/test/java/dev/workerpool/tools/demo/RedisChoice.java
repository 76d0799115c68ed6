package dev.workerpool.tools.demo;

/** Which Redis: the machine's own, a real one out of a jar, or one that is written in Java, which speaks no TLS. */
enum RedisChoice {
    auto,
    server,
    embedded,
    mock
}
