"""A Celery app as a user's image has it: it knows its own default broker and nothing of the operator.

Celery itself lets CELERY_BROKER_URL win over the broker named here. There is no result backend but one that the image names. Each task counts
itself in the broker's database, or in a folder that the image names, when its work is done, so that jobs done can be compared with jobs sent, and notes there from when to
when it ran.
"""

import os
import ssl
import time

from celery import Celery

app = Celery("tasks", broker="redis://redis.invalid:6379/0")
app.conf.broker_connection_retry_on_startup = True
if "VISIBILITY_TIMEOUT" in os.environ:
    app.conf.broker_transport_options = {"visibility_timeout": int(os.environ["VISIBILITY_TIMEOUT"])}
if "RESULTS" in os.environ:
    app.conf.result_backend = os.environ["RESULTS"]
if "VERIFY_NOTHING" in os.environ:
    app.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_NONE}
if "BEAT_EVERY" in os.environ:  # what celery beat enqueues
    app.conf.beat_schedule = {
        "tick": {
            "task": "tasks.nap",
            "schedule": float(os.environ["BEAT_EVERY"]),
            "args": (0.01, "ticks"),
            "options": {"queue": os.environ["BEAT_QUEUE"]},
        }
    }


def run(seconds, counter):
    began = time.time()
    time.sleep(seconds)
    if "COUNT_IN" in os.environ:  # the broker is none that counts
        with open(os.path.join(os.environ["COUNT_IN"], counter), "a") as file:
            file.write(f"{began} {time.time()}\n")
        return
    with app.pool.acquire(block=True) as connection:
        client = connection.default_channel.client
        client.rpush(f"{counter}:ran", f"{began} {time.time()}")
        client.incr(counter)


@app.task
def nap(seconds, counter):
    run(seconds, counter)


@app.task(acks_late=True)
def nap_late(seconds, counter):
    run(seconds, counter)


@app.task(bind=True)
def nap_at_second_try(self, seconds, counter):
    if self.request.retries == 0:
        raise self.retry(countdown=3)
    run(seconds, counter)
