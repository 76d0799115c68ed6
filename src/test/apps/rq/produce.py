"""Sends jobs through RQ's own client, and tells what RQ itself says of a queue: one JSON order a line on stdin, one JSON
answer a line on stdout."""

import datetime
import json
import os
import sys
import time

import jobs
from redis import Redis
from rq import Queue, Retry
from rq.registry import FailedJobRegistry, ScheduledJobRegistry, StartedJobRegistry
from rq.suspension import is_suspended, resume, suspend


def send(order, connection):
    queue = Queue(order["queue"], connection=connection)
    function = jobs.nap_at_second_try if order["retried"] else jobs.nap
    options = {"retry": Retry(max=1, interval=3)} if order["retried"] else {}
    first = time.time()
    for _ in range(order["count"]):
        if order["countdown"] > 0:
            wait = datetime.timedelta(seconds=order["countdown"])
            queue.enqueue_in(wait, function, order["seconds"], order["counter"], **options)
        else:
            # RQ's priorities are the order of the queues; within one, a job goes to the front or to the back.
            front = order["priority"] is not None
            queue.enqueue(function, order["seconds"], order["counter"], at_front=front, **options)
    return {"count": order["count"], "first": first, "last": time.time()}


def inspect(name, connection):
    queue = Queue(name, connection=connection)
    scheduled = ScheduledJobRegistry(name, connection=connection)
    suspended = bool(is_suspended(connection))
    stamps = [job.enqueued_at.timestamp() for job in queue.jobs]
    return {
        "waiting": 0 if suspended else queue.count,
        "paused": queue.count if suspended else 0,
        "due": len(scheduled.get_jobs_to_schedule(int(time.time()))),
        # Counting with clean-up would move the jobs of killed workers.
        "running": StartedJobRegistry(name, connection=connection).get_job_count(cleanup=False),
        "failed": FailedJobRegistry(name, connection=connection).get_job_count(cleanup=False),
        "oldest": stamps[0] if stamps and not suspended else None,
    }


def answer(order, connection):
    if "inspect" in order:
        return inspect(order["inspect"], connection)
    if "pause" in order or "resume" in order:
        suspend(connection) if "pause" in order else resume(connection)
        return {}
    return send(order, connection)


# RQ's command line does the same with its variable.
options = {"ssl_cert_reqs": None} if "VERIFY_NOTHING" in os.environ else {}
redis = Redis.from_url(os.environ["RQ_REDIS_URL"], socket_connect_timeout=5, **options)
for line in sys.stdin:
    try:
        order = json.loads(line)
        said = answer(order, redis)
    except Exception as error:  # the caller decides what a refused connection means
        said = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(said), flush=True)
