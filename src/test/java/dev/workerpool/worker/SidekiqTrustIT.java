package dev.workerpool.worker;

import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.trust.TrustContract;
import dev.workerpool.testing.trust.TrustedWorker;
import dev.workerpool.testing.trust.TrustedWorker.Apps;
import java.util.List;

class SidekiqTrustIT extends TrustContract {
    @Override
    protected TrustedWorker framework() {
        return new TrustedWorker(
                "Sidekiq",
                new RubyCode(),
                new Apps(SidekiqApp::new, SidekiqApp::verifyingNothing),
                "REDIS_URL",
                List.of("-q", "mail", "-c", "1"));
    }
}
