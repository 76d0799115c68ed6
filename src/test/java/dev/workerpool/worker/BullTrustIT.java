package dev.workerpool.worker;

import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.trust.TrustContract;
import dev.workerpool.testing.trust.TrustedWorker;
import dev.workerpool.testing.trust.TrustedWorker.Apps;
import java.util.List;

class BullTrustIT extends TrustContract {
    @Override
    protected TrustedWorker framework() {
        return new TrustedWorker(
                "Bull",
                new NodeCode(),
                new Apps(BullMqApp::bull, () -> BullMqApp.bull().verifyingNothing()),
                "REDIS_URL",
                List.of("mail"));
    }
}
