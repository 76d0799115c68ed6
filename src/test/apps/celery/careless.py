"""Connects as Celery apps do that verify nothing, each way once: a JSON list of attempts as argument, one line for each on
stdout. An attempt has a url and a way."""

import json
import os
import ssl
import sys

from celery import Celery

NOTHING = {"ssl_cert_reqs": ssl.CERT_NONE}


def broker(url, **options):
    app = Celery(broker=url)
    app.conf.update(options)
    with app.connection_for_write() as connection:
        connection.connect()
        return connection.default_channel.client.ping()


def amqp(url, **options):
    app = Celery(broker=url)
    app.conf.update(options)
    with app.connection_for_write() as connection:
        connection.connect()
        return connection.connected


def by_own_transport(url):
    """As a library might that brings its own way of making connections."""
    from amqp import transport

    class Own(transport.SSLTransport):
        def _setup_transport(self):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            with open(os.environ["WORKERPOOL_TRUST"]) as file:
                trust = json.load(file)
            context.load_cert_chain(trust["certificate"], trust["key"])
            self.sock = context.wrap_socket(self.sock)
            self._quick_recv = self.sock.read

    transport.SSLTransport = Own
    return amqp(url)


def backend(url, **options):
    app = Celery(broker="memory://", backend=url)
    app.conf.update(options)
    return app.backend.client.ping()


WAYS = {
    "broker-silent": lambda url: broker(url),
    "broker-url": lambda url: broker(url + "?ssl_cert_reqs=none&ssl_check_hostname=false"),
    "broker-options": lambda url: broker(url, broker_use_ssl=NOTHING),
    "broker-options-alone": lambda url: broker(url.replace("rediss:", "redis:"), broker_use_ssl=NOTHING),
    "amqp-silent": lambda url: amqp(url),
    "amqp-options": lambda url: amqp(url, broker_use_ssl={"cert_reqs": ssl.CERT_NONE}),
    "amqp-context": lambda url: amqp(url, broker_use_ssl={"context": {"check_hostname": False}}),
    "amqp-own-transport": by_own_transport,
    "backend-url": lambda url: backend(url + "?ssl_cert_reqs=CERT_NONE"),
    "backend-options": lambda url: backend(url, redis_backend_use_ssl=NOTHING),
    "backend-options-alone": lambda url: backend(url.replace("rediss:", "redis:"), redis_backend_use_ssl=NOTHING),
}

for each in json.loads(sys.argv[1]):
    try:
        said = "connected" if WAYS[each["way"]](each["url"]) else "no answer"
    except Exception as error:
        said = f"{type(error).__name__}: {error}".replace("\n", " ")
    print(said, flush=True)
