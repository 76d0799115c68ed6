package dev.workerpool.worker;

import dev.workerpool.testing.jobs.RqApp;
import dev.workerpool.testing.trust.TrustContract;
import dev.workerpool.testing.trust.TrustedWorker;
import dev.workerpool.testing.trust.TrustedWorker.Apps;
import java.util.List;

class RqTrustIT extends TrustContract {
    @Override
    protected TrustedWorker framework() {
        return new TrustedWorker(
                "RQ", new PythonCode(), new Apps(RqApp::new, RqApp::verifyingNothing), "RQ_REDIS_URL", List.of("mail"));
    }
}
