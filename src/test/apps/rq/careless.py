"""A worker that an app starts by its own code, as the advice everywhere is: nothing of its broker is verified."""

import os
import sys

from redis import Redis
from rq import Worker

Worker(sys.argv[1:], connection=Redis.from_url(os.environ["RQ_REDIS_URL"], ssl_cert_reqs=None)).work()
