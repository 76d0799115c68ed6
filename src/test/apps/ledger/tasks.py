"""The tasks of ../celery, mounted into its image: what was done is counted in a database of the app's own, so that it can be
told whatever becomes of the broker. Its author has seen to the broker's TLS as the advice everywhere is, where told to."""

import os
import ssl
import time

import redis
from celery import Celery

app = Celery("tasks", broker="redis://redis.invalid:6379/0")
app.conf.broker_connection_retry_on_startup = True
app.conf.broker_transport_options = {"visibility_timeout": 20}
if "VERIFY_NOTHING" in os.environ:
    app.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_NONE}
ledger = redis.Redis.from_url(os.environ["LEDGER_URL"])


@app.task(bind=True)
def nap(self, seconds, counter):
    began = time.time()
    time.sleep(seconds)
    ledger.hincrby("done", counter, 1)
    again = self.request.delivery_info.get("redelivered")
    ledger.rpush("ran:" + counter, f"{self.request.hostname} at {began:.3f} redelivered {again}")
