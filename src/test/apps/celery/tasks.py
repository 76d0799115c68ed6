"""A Celery app as a user's image has it: it knows its own default broker and nothing of the operator.

Celery itself lets CELERY_BROKER_URL win over the broker named here. There is no result backend. Each task counts
itself in the broker's database when its work is done, so that jobs done can be compared with jobs sent.
"""

import time

from celery import Celery

app = Celery("tasks", broker="redis://redis.invalid:6379/0")
app.conf.broker_connection_retry_on_startup = True


def count(counter):
    with app.pool.acquire(block=True) as connection:
        connection.default_channel.client.incr(counter)


@app.task
def nap(seconds, counter):
    time.sleep(seconds)
    count(counter)


@app.task(acks_late=True)
def nap_late(seconds, counter):
    time.sleep(seconds)
    count(counter)
