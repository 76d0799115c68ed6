"""Connects with redis-py as apps do, each way once: a JSON list of attempts as argument, one line for each on stdout.

An attempt has a url, options for redis-py, and a way: sync, asyncio, subclass (an app's own connection class), own and
own-asyncio (one that opens its TLS connection by itself), fork, spawn (a new interpreter, as multiprocessing makes them). Or it replaces a file by another: the url is the other, the options are the file.
"""

import asyncio
import json
import multiprocessing
import os
import shutil
import socket
import ssl
import sys

import redis
import redis.asyncio


class OwnConnection(redis.SSLConnection):
    """Such as apps have for their metrics."""

    def connect(self):
        super().connect()


class OpenedByItself(redis.SSLConnection):
    """Such as apps have for a proxy."""

    def _connect(self):
        sock = socket.create_connection((self.host, self.port))
        return ssl._create_unverified_context().wrap_socket(sock)


class OpenedByItselfInAsyncio(redis.asyncio.SSLConnection):
    def _connection_arguments(self):
        return {"host": self.host, "port": self.port, "ssl": ssl._create_unverified_context()}


def sync(url, options):
    return redis.Redis.from_url(url, **options).ping()


def subclass(url, options):
    pool = redis.ConnectionPool.from_url(url, connection_class=OwnConnection, **options)
    return redis.Redis(connection_pool=pool).ping()


def own(url, options):
    pool = redis.ConnectionPool.from_url(url, connection_class=OpenedByItself, **options)
    return redis.Redis(connection_pool=pool).ping()


def own_in_asyncio(url, options):
    return in_asyncio(url, options, OpenedByItselfInAsyncio)


def in_asyncio(url, options, connection_class=None):
    async def ping():
        pool = redis.asyncio.ConnectionPool.from_url(url, **options)
        pool.connection_class = connection_class or pool.connection_class
        client = redis.asyncio.Redis(connection_pool=pool)
        try:
            return await client.ping()
        finally:
            await client.aclose()
            await pool.disconnect()

    return asyncio.run(ping())


def tell(queue, url, options):
    queue.put(attempt(sync, url, options))


def in_child(method):
    def run(url, options):
        context = multiprocessing.get_context(method)
        queue = context.SimpleQueue()
        child = context.Process(target=tell, args=(queue, url, options))
        child.start()
        child.join(30)
        said = queue.get()
        if said != "connected":
            raise RuntimeError(said)
        return True

    return run


WAYS = {
    "sync": sync,
    "asyncio": in_asyncio,
    "subclass": subclass,
    "own": own,
    "own-asyncio": own_in_asyncio,
    "fork": in_child("fork"),
    "spawn": in_child("spawn"),
    "replace": shutil.copy,
}


def attempt(way, url, options):
    try:
        return "connected" if way(url, options) else "no answer"
    except Exception as error:
        return f"{type(error).__name__}: {error}".replace("\n", " ")


if __name__ == "__main__":
    for each in json.loads(sys.argv[1]):
        print(attempt(WAYS[each["way"]], each["url"], each["options"]), flush=True)
    os._exit(0)
