"""A worker of nobody's framework, as the guide has it: it takes from the lists of its queues, and counts what it has done."""

import os
import time

import redis

files = {"ssl_ca_certs": "WORKERPOOL_CA_FILE", "ssl_certfile": "WORKERPOOL_CERT_FILE", "ssl_keyfile": "WORKERPOOL_KEY_FILE"}
options = {option: os.environ[name] for option, name in files.items() if name in os.environ}
if options:
    options |= {"ssl_cert_reqs": "required", "ssl_check_hostname": True}
broker = redis.Redis.from_url(os.environ["WORKERPOOL_BROKER_URL"], **options)

lists = [f"jobs:{queue}" for queue in os.environ["WORKERPOOL_QUEUES"].split(",")]
while True:
    try:
        taken = broker.brpop(lists, timeout=1)
        if taken:
            broker.incr(taken[1])
    except redis.RedisError as error:
        print(error, flush=True)
        time.sleep(0.2)
