package dev.workerpool.testing.kube;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the mutating requests of one proxy. */
record NumberedInterceptor(Interceptor interceptor, AtomicInteger count) {

    static NumberedInterceptor of(Interceptor interceptor) {
        return new NumberedInterceptor(interceptor, new AtomicInteger());
    }

    Interceptor.Fate decide(String method, String path, String body) {
        return interceptor.decide(new MutatingRequest(count.incrementAndGet(), method, path, body));
    }
}
