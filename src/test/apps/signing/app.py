"""A user's Celery app that knows nothing of signing, in each of the ways in which an app can configure itself: STYLE names
one. All of them say plain JSON, and pickle too. Its tasks note in the broker, the list "ran", that they ran.
"""

import os
import time

import redis
from celery import Celery

URL = os.environ["REDIS"]
SAID = {
    "broker_url": URL,
    "result_backend": URL,
    "task_serializer": "json",
    "result_serializer": "json",
    "accept_content": ["json", "pickle"],
    "result_accept_content": ["json"],
    "broker_connection_retry_on_startup": True,
}


def constructor():
    return Celery("app", broker=URL, backend=URL, task_serializer="json", accept_content=["json", "pickle"])


def from_object():
    app = Celery("app")
    app.config_from_object(type("Settings", (), SAID))
    return app


def django():
    app = Celery("app")
    app.config_from_object(type("Settings", (), {"CELERY_" + k.upper(): v for k, v in SAID.items()}), namespace="CELERY")
    return app


def update():
    app = Celery("app")
    app.conf.update(SAID)
    return app


def late():
    app = Celery("app")
    app.conf.timezone  # configures the app
    app.conf.update(SAID)
    return app


def attributes():
    app = Celery("app")
    for name, value in SAID.items():
        setattr(app.conf, name, value)
    return app


STYLES = {each.__name__: each for each in (constructor, from_object, django, update, late, attributes)}
app = STYLES[os.environ.get("STYLE", "constructor")]()
if "VISIBILITY_TIMEOUT" in os.environ:
    app.conf.broker_transport_options = {"visibility_timeout": int(os.environ["VISIBILITY_TIMEOUT"])}


def ran(word):
    redis.Redis.from_url(URL).rpush("ran", str(word))
    return word


@app.task(name="mail.note")
def note(word):
    return ran(word)


@app.task(name="mail.again", bind=True)
def again(self, word):
    if self.request.retries == 0:
        raise self.retry(countdown=0)
    return ran(word)


# As an app may well say it, against what is configured for all.
@app.task(name="mail.own", serializer="json")
def own(word):
    return ran(word)


@app.task(name="mail.slow", acks_late=True)
def slow(word):
    ran("began " + word)
    time.sleep(2)
    return ran(word)


@app.task(name="admin.wipe")
def wipe(word):
    return ran("wiped " + word)
