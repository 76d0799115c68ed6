package dev.workerpool.broker.redis;

import dev.workerpool.testing.jobs.BullMqApp;

class BullMeasuredIT extends BullMeasured {
    BullMeasuredIT() {
        super(BullMqApp.bull());
    }
}
