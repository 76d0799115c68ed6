"""Does what it is told with Celery's own client: one JSON order a line on stdin, one JSON answer a line on stdout.

With EXPIRED it goes on with a certificate that has expired, as nobody's client does who means well.
"""

import json
import os
import sys
from datetime import datetime, timedelta, timezone

if "EXPIRED" in os.environ:
    sys.modules["workerpool_messages"].Envelope.own_has_expired = lambda envelope: False

from app import URL, app
from celery import chain, chord, group


class Evil:
    """Whoever unpickles it runs it."""

    def __reduce__(self):
        return eval, (f"__import__('redis').Redis.from_url({URL!r}).rpush('ran', 'pickled')",)


def send(order):
    options = {"queue": order["queue"]}
    if "link" in order:
        options["link"] = app.signature(order["link"], (), queue=order["queue"])
    if "expires" in order:
        options["expires"] = datetime.now(timezone.utc) + timedelta(seconds=order["expires"])
    return app.send_task(order["task"], (order["word"],), **options).id


def pickled(order):
    return app.send_task("mail.note", (Evil(),), queue=order["queue"], serializer="pickle").id


def results(order):
    """Of a task, of one with a serializer of its own, of a second try, a chain, a group, a chord and one that is due later."""
    note, queue = app.tasks["mail.note"], {"queue": order["queue"]}
    later = {"countdown": 0.2, "expires": 60, **queue}
    work = [
        note.s("a").apply_async(**queue),
        app.tasks["mail.own"].s("b").apply_async(**queue),
        app.tasks["mail.again"].s("c").apply_async(**queue),
        chain(note.s("d").set(**queue), note.s().set(**queue)).apply_async(),
        group(note.s("e").set(**queue), note.s("f").set(**queue)).apply_async(),
        chord([note.s("g").set(**queue), note.s("h").set(**queue)], note.s().set(**queue)).apply_async()
        if order["chord"]
        else note.s("g").apply_async(**queue),
        note.s("i").apply_async(**later),
    ]
    return [each.get(timeout=20) for each in work]


def ping(order):
    return app.control.ping(timeout=order["seconds"])


def refused(order):
    """What the next heartbeat says."""
    said = []
    with app.connection_for_read() as connection:
        receiver = app.events.Receiver(connection)

        def heard(event):
            said.append(event["workerpool_refused"])
            receiver.should_stop = True

        receiver.handlers = {"worker-heartbeat": heard}
        receiver.capture(timeout=20, wakeup=False)
    return said[0]


DO = {each.__name__: each for each in (send, pickled, results, ping, refused)}
for line in sys.stdin:
    order = json.loads(line)
    try:
        answer = {"answer": DO[order["do"]](order)}
    except Exception as error:  # the caller decides what it means
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
