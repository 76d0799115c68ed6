"""Sends jobs through Celery's own producer: one JSON order a line on stdin, one JSON receipt a line on stdout."""

import json
import sys
import time

from tasks import app, nap, nap_at_second_try, nap_late


def send(order):
    task = nap_late if order["late"] else nap_at_second_try if order["retried"] else nap
    options = {"queue": order["queue"], "retry": False}
    if order["priority"] is not None:
        options["priority"] = order["priority"]
    if order["countdown"] > 0:
        options["countdown"] = order["countdown"]
    with app.producer_pool.acquire(block=True) as producer:
        first = time.time()
        for _ in range(order["count"]):
            task.apply_async((order["seconds"], order["counter"]), producer=producer, **options)
    return {"count": order["count"], "first": first, "last": time.time()}


app.conf.broker_connection_timeout = 5
for line in sys.stdin:
    try:
        receipt = send(json.loads(line))
    except Exception as error:  # the caller decides what a refused connection means
        receipt = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(receipt), flush=True)
