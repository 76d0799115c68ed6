package dev.workerpool.worker;

import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.trust.TrustContract;
import dev.workerpool.testing.trust.TrustedWorker;
import dev.workerpool.testing.trust.TrustedWorker.Apps;
import java.util.List;

class CeleryTrustIT extends TrustContract {
    @Override
    protected TrustedWorker framework() {
        return new TrustedWorker(
                "Celery",
                new PythonCode(),
                new Apps(CeleryApp::new, CeleryApp::verifyingNothing),
                "CELERY_BROKER_URL",
                List.of("-Q", "mail", "-c", "1"));
    }
}
