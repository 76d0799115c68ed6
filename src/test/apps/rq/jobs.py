"""An RQ app as a user's image has it: it knows nothing of the operator. RQ itself reads RQ_REDIS_URL.

Each job counts itself in the broker's database when its work is done, so that jobs done can be compared with jobs
sent.
"""

import time

from rq import get_current_job


def nap(seconds, counter):
    time.sleep(seconds)
    get_current_job().connection.incr(counter)


def nap_at_second_try(seconds, counter):
    job = get_current_job()
    if job.connection.set(f"tried:{job.id}", 1, nx=True):
        raise RuntimeError("the first try fails")
    nap(seconds, counter)
