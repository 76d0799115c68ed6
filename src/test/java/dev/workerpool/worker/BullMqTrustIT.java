package dev.workerpool.worker;

import dev.workerpool.testing.jobs.BullMqApp;
import dev.workerpool.testing.trust.TrustContract;
import dev.workerpool.testing.trust.TrustedWorker;
import dev.workerpool.testing.trust.TrustedWorker.Apps;
import java.util.List;

class BullMqTrustIT extends TrustContract {
    @Override
    protected TrustedWorker framework() {
        return new TrustedWorker(
                "BullMQ",
                new NodeCode(),
                new Apps(BullMqApp::bullMq, () -> BullMqApp.bullMq().verifyingNothing()),
                "REDIS_URL",
                List.of("mail"));
    }
}
