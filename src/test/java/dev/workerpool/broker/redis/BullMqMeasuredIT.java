package dev.workerpool.broker.redis;

import dev.workerpool.testing.jobs.BullMqApp;

class BullMqMeasuredIT extends BullMeasured {
    BullMqMeasuredIT() {
        super(BullMqApp.bullMq());
    }
}
