"""What a signed message is: Celery's serializer 'auth' around the body, and in the body what the headers must say.

Celery signs the body alone, so that a changed header would run another task, or at another time. Here a task's body
carries the names and the digest of the headers it was sent with; one signature covers both.
"""

import collections
import fnmatch
import functools
import hashlib
import json
import time

from workerpool_trust import Unusable

CLAIMS = "workerpool"  # in the third part of a task's body, beside callbacks and chain
CONTENT_TYPE, CONTENT_ENCODING = "application/data", "utf-8"
_INNER_TYPE = "application/json"
_SEPARATOR = b"\x00\x01"
# Brokers and kombu add these on the way.
_OF_THE_WAY = ("redelivered", "compression")
# Celery's own tasks that run others, each of which must be allowed.
_CANVAS = frozenset(
    "celery." + name for name in ("accumulate", "chain", "chord", "chord_unlock", "chunks", "group", "map", "starmap")
)
_UNSIGNED, _BROKEN, _TAMPERED = "unsigned", "broken", "tampered"
_UNKNOWN, _EXPIRED, _CHANGED = "unknown-signer", "expired-certificate", "changed-header"
_NOT_ACCEPTED, _NOT_ALLOWED, _REPLAYED = "not-accepted", "not-allowed", "replayed"
REASONS = (
    _UNSIGNED,
    _BROKEN,
    _TAMPERED,
    _UNKNOWN,
    _EXPIRED,
    _CHANGED,
    _NOT_ACCEPTED,
    _NOT_ALLOWED,
    _REPLAYED,
)


class Refused(Exception):
    """For one of REASONS."""


Opened = collections.namedtuple("Opened", "signer signature data")


class Envelope:
    """Celery's format since 5.5, which older ones get here too: apps of all versions, and the operator, read one another."""

    def __init__(self, signing, security):
        from cryptography.hazmat.primitives import hashes

        certificate_class, key_class = security
        self.digest = hashes.SHA256()
        self.own = _certificate(certificate_class, signing.certificate)
        self.key = _key(key_class, signing.key, self.own)
        if self.own_has_expired():
            raise Unusable("the certificate of %s has expired: the operator issues it anew, restart" % signing.name)
        self.signers = {}
        for signer in signing.signers:
            for file in signer.files:
                certificate = _certificate(certificate_class, file)
                if certificate.get_id() in self.signers:
                    raise Unusable("two signers have the same certificate: " + file)
                self.signers[certificate.get_id()] = signer, certificate

    def own_has_expired(self):
        return self.own.has_expired()

    def register(self):
        from kombu.serialization import registry

        registry.register("auth", self.close, lambda data: self.open(data).data, CONTENT_TYPE, CONTENT_ENCODING)

    def close(self, data):
        from celery.utils.serialization import b64encode
        from kombu.serialization import dumps

        kind, encoding, body = dumps(data, serializer="json")
        body = body if isinstance(body, bytes) else body.encode(encoding)
        signature = self.key.sign(body, self.digest)
        parts = (b64encode(self.own.get_id()), b64encode(signature), kind, encoding)
        return b64encode(_SEPARATOR.join([each.encode() for each in parts] + [body]))

    def open(self, text):
        """Raises Refused."""
        from kombu.serialization import loads

        signer_id, signature, kind, encoding, body = _parts(text)
        signer, certificate = self.signers.get(signer_id, (None, None))
        if signer is None:
            raise Refused(_UNKNOWN)
        if certificate.has_expired():
            raise Refused(_EXPIRED)
        try:
            certificate.verify(body, signature, self.digest)
        except Exception:  # which one differs between versions of Celery
            raise Refused(_TAMPERED) from None
        # Nobody has signed these two, and a text may mean something else in another encoding.
        if (kind, encoding) != (_INNER_TYPE, CONTENT_ENCODING):
            raise Refused(_TAMPERED)
        return Opened(signer, signature, loads(body, kind, encoding, force=True))


def _parts(text):
    from celery.utils.serialization import b64decode

    try:
        whole = b64decode(text if isinstance(text, bytes) else text.encode())
        signer, signature, kind, encoding, body = whole.split(_SEPARATOR, 4)
        return b64decode(signer).decode(), b64decode(signature), kind.decode(), encoding.decode(), body
    except (AttributeError, TypeError, ValueError):
        raise Refused(_BROKEN) from None


def looks_signed(text):
    try:
        _parts(text)
    except Refused:
        return False
    return True


def unsigned(text, serializer, accept):
    from kombu.serialization import loads, registry

    kind, encoding, _ = registry._encoders[serializer]
    return loads(text, content_type=kind, content_encoding=encoding, accept=accept)


def _certificate(certificate_class, path):
    from cryptography.hazmat.primitives.asymmetric import rsa

    try:
        with open(path, encoding="ascii") as file:
            certificate = certificate_class(file.read())
        if not isinstance(certificate.get_pubkey(), rsa.RSAPublicKey):
            raise ValueError
    except Exception:
        raise Unusable("it names a file that is no certificate of an RSA key: " + path) from None
    try:
        certificate.has_expired()
    except Exception as error:
        import celery

        raise Unusable(
            "signing is broken in Celery %s (%s; 5.4.0 is known for it): use 5.2, 5.3, or 5.5 and later"
            % (celery.__version__, error)
        ) from None
    return certificate


def _key(key_class, path, certificate):
    try:
        with open(path, encoding="ascii") as file:
            key = key_class(file.read())
        public = key._key.public_key().public_numbers()
    except Exception:
        raise Unusable("it names a file that is no private key: " + path) from None
    if public != certificate.get_pubkey().public_numbers():
        raise Unusable("key and certificate do not belong together")
    return key


def claim(envelope, headers, properties, body):
    """Writes into a task's body what its headers must be when it arrives."""
    from celery.exceptions import SecurityError

    if envelope.own_has_expired():
        raise SecurityError("the certificate that this app signs with has expired, so that no worker would run this task")
    headers.pop(CLAIMS, None)  # Celery takes what came in a body for a header when it retries
    names = sorted(headers)
    body[2][CLAIMS] = {"headers": names, "digest": _digest(names, headers, properties)}


def _digest(names, headers, properties):
    said = [[headers[name] for name in names], properties.get("correlation_id") or "", properties.get("reply_to") or ""]
    # Twice, as a broker's JSON has no tuples and no keys but texts.
    plain = json.loads(json.dumps(said, default=str))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


class Gate:
    """Which messages become tasks, and how many did not."""

    def __init__(self, signing, envelope, refused):
        self.accepted = signing.accepted
        self.requires = signing.requires
        self.envelope = envelope
        self.seen = Seen()
        # Counts by reason. Of one size for good: a thread of Celery's may be reading it.
        self.refused = refused

    def before(self, handler, logger, connection_errors):
        """A handler of messages that hands on to another what may pass."""

        @functools.wraps(handler)
        def handle(message):
            try:
                signature = self.check(message)
            except Exception as error:
                self.refuse(error.args[0] if isinstance(error, Refused) else _BROKEN, logger)
                message.reject_log_error(logger, connection_errors)
                return None
            if signature is not None:
                self.seen.once_acknowledged(message, signature)
            return handler(message)

        return handle

    def refuse(self, reason, logger):
        self.refused[reason] += 1
        if self.refused[reason] == 1:
            logger.error(
                "workerpool: refused a message (%s); the next ones of this kind are counted only, in heartbeats", reason
            )

    def check(self, message):
        """Returns the signature, None of an unsigned message that may pass. Any other exception than Refused is a message that nobody can read."""
        if (message.content_type, message.content_encoding) != (CONTENT_TYPE, CONTENT_ENCODING):
            if self.requires:
                raise Refused(_UNSIGNED)
            return None
        signer, signature, body = self.envelope.open(message.body)
        if self.accepted is not None and signer.name not in self.accepted:
            raise Refused(_NOT_ACCEPTED)
        message.headers = _signed_headers(message, body)
        task = message.headers["task"]
        if not all(map(_allowed(signer.tasks), _tasks(task, body))):
            raise Refused(_NOT_ALLOWED)
        if signature in self.seen:
            raise Refused(_REPLAYED)
        return signature


def _signed_headers(message, body):
    """Those of the claims, and of the way. What somebody else has put beside them is nothing that Celery shall see."""
    if not isinstance(body, (list, tuple)) or len(body) != 3:
        raise Refused(_CHANGED)
    claims = body[2].get(CLAIMS)
    names = claims["headers"] if isinstance(claims, dict) else None
    # Without an id Celery's worker would end.
    if not names or not {"task", "id"} <= set(names) <= set(message.headers):
        raise Refused(_CHANGED)
    if _digest(names, message.headers, message.properties) != claims["digest"]:
        raise Refused(_CHANGED)
    kept = [name for name in message.headers if name in _OF_THE_WAY or name.startswith("x-")]
    return {name: message.headers[name] for name in names + kept}


def _allowed(patterns):
    if "*" in patterns:
        return lambda task: True
    return lambda task: any(fnmatch.fnmatchcase(task, pattern) for pattern in patterns) or (task in _CANVAS and patterns)


def _tasks(task, body):
    """The task and all that the worker would send on for it, in the worker's own name."""
    arguments, options, more = body
    yield task
    yield from _signatures(more)
    # An app's own task may be given any object that has a "task"; one of Celery's runs it.
    yield from _signatures([arguments, options], alike=task not in _CANVAS)


def _signatures(value, alike=False):
    """The tasks in a value; alike: of objects only that have the members that Celery gives each signature."""
    if isinstance(value, dict):
        task = value.get("task")
        if isinstance(task, str) and (not alike or {"args", "kwargs", "options"} <= set(value)):
            alike = False
            yield task
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return
    for each in value:
        yield from _signatures(each, alike)


class Seen:
    """The signatures of messages that this process has acknowledged: a broker does not hand those out again.

    So one that comes again was put there by somebody, or by the broker itself while it was being worked on (Redis,
    after the visibility timeout), and has been done. A message that was not acknowledged is always run again.
    """

    LIMIT, SECONDS = 50_000, 24 * 3600

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.times = collections.OrderedDict()

    def __contains__(self, signature):
        at = self.times.get(_short(signature))
        return at is not None and self.clock() - at < self.SECONDS

    def once_acknowledged(self, message, signature):
        acknowledge = message.ack

        def ack(*words, **options):
            answer = acknowledge(*words, **options)
            self.times[_short(signature)] = self.clock()
            if len(self.times) > self.LIMIT:
                self.times.popitem(last=False)
            return answer

        message.ack = ack


def _short(signature):
    return bytes(signature[:16])
