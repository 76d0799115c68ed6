"""Makes this process verify its broker's TLS, whatever the app's own code says of it.

Mounted by the workerpool operator from an immutable Secret into /var/run/workerpool/code, and loaded by sitecustomize.py
beside it. It needs no more than Python's standard library and changes no file of the image.

What it does: where the environment variable WORKERPOOL_TRUST names a file (in a pod
/var/run/workerpool/code/trust.json), connections that redis-py or py-amqp makes to the hosts and ports listed there
  - are verified against the certificates in the file's "ca", and against nothing else,
  - present the client certificate named there, if one is,
  - are refused where they would be plain.
The app's ssl_* options, in a URL, in broker_use_ssl, redis_backend_use_ssl or in code, do not count for them.

What it does not do: it touches no connection to another host or port, no UNIX socket, no other TLS client and no
roots of the process. It imports neither redis, amqp nor ssl before the app does. It sends and logs nothing.

Where the variable is not set nothing happens. Where the file is not what it should be, the process ends with code 78
and one line on stderr before anything of the app runs: an app that ran on would run unverified.
"""

import functools
import importlib.machinery
import json
import os
import sys

VARIABLE = "WORKERPOOL_TRUST"
CONFIGURATION_ERROR = 78  # EX_CONFIG of sysexits.h
# The clients' modules that open connections, each with what mends it; see the end of this file.
PATCHES = {}
# Where a connection keeps the TLS context that was made for it here.
_CONTEXT = "_workerpool_context"


class Unusable(Exception):
    """Why the trust file cannot be used. Never quotes what is in it."""


class Trust:
    """What the trust file says."""

    def __init__(self, said):
        if not isinstance(said, dict) or type(said.get("version")) is not int or said["version"] != 1:
            raise Unusable("it is not of version 1")
        self.verify = said.get("verify")
        if self.verify not in ("Full", "CA", "None"):
            raise Unusable("verify is none of Full, CA, None")
        self.endpoints = frozenset(_endpoint(each) for each in _filled_list(said.get("endpoints")))
        self.server_name = _text_or_none(said, "serverName")
        self.ca = _text_or_none(said, "ca")
        self.certificate = _text_or_none(said, "certificate")
        self.key = _text_or_none(said, "key")
        if self.ca is None and self.verify != "None":
            raise Unusable("it names no ca")
        if (self.certificate is None) != (self.key is None):
            raise Unusable("certificate and key belong together")
        for name in ("ca", "certificate"):
            if getattr(self, name) is not None:
                _must_hold_a_certificate(name, getattr(self, name))
        if self.key is not None:
            read("key", self.key)

    def covers(self, connection):
        """Whether a connection of redis-py, or a transport of py-amqp, is one to the broker."""
        # Redis Enterprise may tell a client to move to another address: then redis-py keeps the one it was told first.
        hosts = (getattr(connection, "host", None), getattr(connection, "orig_host_address", None))
        port = getattr(connection, "port", None)
        return any(host is not None and (_plain_name(host), port) in self.endpoints for host in hosts)

    def name_of(self, connection):
        """The name to ask the server for, and to find in its certificate."""
        return self.server_name or _plain_name(connection.host)

    def context(self, wishes):
        """A TLS context for one connection. Made anew for each, so that files that were replaced count at once."""
        # Imported here: gevent and eventlet want to replace ssl before anybody has imported it.
        import ssl

        # Not ssl.create_default_context(): that would trust the image's own roots too.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = self.verify == "Full"
        context.verify_mode = ssl.CERT_NONE if self.verify == "None" else ssl.CERT_REQUIRED
        # Each certificate in the file is an anchor, a server's own too, as it is for the operator's own connection.
        # Python has the name since 3.10, OpenSSL the flag since 1.0.2.
        context.verify_flags |= getattr(ssl, "VERIFY_X509_PARTIAL_CHAIN", 0x80000)
        if self.ca is not None:
            context.load_verify_locations(cafile=self.ca)
        if self.certificate is not None:
            context.load_cert_chain(self.certificate, self.key)
        elif wishes.certificate is not None:
            context.load_cert_chain(wishes.certificate, wishes.key, wishes.password)
        wishes.make_stricter(ssl, context)
        return context


class Wishes:
    """The few of the app's own TLS options that count: its client certificate, and what makes verification stricter.

    Not its ciphers: some of them need no certificate at all.
    """

    def __init__(self, certificate, key, password, minimum, flags):
        self.certificate = certificate
        self.key = key
        self.password = password
        self.minimum = minimum
        self.flags = flags or []

    def make_stricter(self, ssl, context):
        if self.minimum is not None and self.minimum > context.minimum_version:
            context.minimum_version = self.minimum
        for flag in (ssl.VERIFY_CRL_CHECK_LEAF, ssl.VERIFY_CRL_CHECK_CHAIN, ssl.VERIFY_X509_STRICT):
            if flag in self.flags:
                context.verify_flags |= flag


def _filled_list(said):
    if not isinstance(said, list) or not said:
        raise Unusable("it lists no endpoints")
    return said


def _endpoint(said):
    host = said.get("host") if isinstance(said, dict) else None
    port = said.get("port") if isinstance(said, dict) else None
    if not isinstance(host, str) or not host or type(port) is not int or not 0 < port < 65536:
        raise Unusable("an endpoint is not a host and a port")
    return _plain_name(host), port


def _plain_name(host):
    """A host as it is compared and verified: no case, no trailing dot, no brackets; an IPv6 address in one spelling."""
    name = str(host).strip("[]").rstrip(".").lower()
    if ":" not in name:
        return name
    import ipaddress

    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return name


def _text_or_none(said, name):
    value = said.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        raise Unusable(name + " is not a text")
    return value


def read(name, path):
    """The bytes of a file. Raises Unusable."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Unusable("%s cannot be read: %s: %s" % (name, path, error.strerror)) from None


def _must_hold_a_certificate(name, path):
    if b"-----BEGIN CERTIFICATE-----" not in read(name, path):
        raise Unusable("%s holds no certificate: %s" % (name, path))


def load(path):
    """Raises Unusable."""
    try:
        said = json.loads(read("the file", path).decode("utf-8"))
    except ValueError:
        raise Unusable("it is not JSON") from None
    return Trust(said)


def load_or_end():
    """What the environment names; None where it names nothing. Ends the process where that cannot be used."""
    path = os.environ.get(VARIABLE)
    if path is None:
        return None
    try:
        return load(path)
    except Unusable as unusable:
        end("%s=%s cannot be used: %s" % (VARIABLE, path, unusable))


def end(why):
    sys.stderr.write("workerpool: " + why + "\n")
    sys.stderr.flush()
    # While Python starts, an exception would be printed as a fatal error of the interpreter, with code 1.
    os._exit(CONFIGURATION_ERROR)


def install():
    """Mends the clients as soon as the app imports them, or at once where something has already."""
    trust = load_or_end()
    if trust is None:
        return
    after_import({name: functools.partial(patch, trust=trust) for name, patch in PATCHES.items()})


def after_import(patches):
    """Calls a function with the module of its name, once that has been imported, or at once where it is there."""
    for name, patch in patches.items():
        if name in sys.modules:
            patch(sys.modules[name])
    sys.meta_path.insert(0, _Finder(patches))


class _Finder:
    """Finds modules as the others on sys.meta_path do, and adds the patch behind their execution."""

    def __init__(self, patches):
        self.patches = patches

    def find_spec(self, name, path=None, target=None):
        if name not in self.patches:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(name, path, target) if finder is not self and find else None
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Loader(spec.loader, self.patches[name])
                return spec
        return None


class _Loader:
    def __init__(self, loader, patch):
        self.loader = loader
        self.patch = patch

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        # Whoever asks the module for its loader, such as for its source, gets the real one.
        module.__loader__ = module.__spec__.loader = self.loader
        self.loader.exec_module(module)
        self.patch(module)


def _refuse_plain(module, connection):
    raise module.ConnectionError(
        "%s:%s is this app's broker and takes TLS only, but the app connects without (redis:// in place of rediss://?)."
        " Refused by workerpool_trust" % (connection.host, connection.port)
    )


def _refuse_unless_made_here(module, connection, context):
    """An app's own connection class may open a connection by itself. Nothing has been sent on it yet."""
    made = getattr(connection, _CONTEXT, None)
    if made is None or context is not made:
        raise module.ConnectionError(
            "%s connects to this app's broker by its own means, so that nobody knows whether it verifies."
            " Refused by workerpool_trust" % type(connection).__name__
        )


def _must_have(module, owner, name):
    method = vars(owner).get(name) if owner is not None else None
    if method is None:
        raise ImportError("workerpool_trust does not know this version of %s: refused, not unverified" % module.__name__)
    return method


def _check_overridden(plain, checked):
    """Wraps each _connect that a class defined from now on has of its own."""

    def init_subclass(cls, **options):
        super(plain, cls).__init_subclass__(**options)
        own = vars(cls).get("_connect")
        if own is not None:
            cls._connect = checked(own)

    plain.__init_subclass__ = classmethod(init_subclass)


def _mend_sync(module, trust):
    plain, tls = getattr(module, "Connection", None), getattr(module, "SSLConnection", None)
    open_tcp = _must_have(module, plain, "_connect")
    open_tls = _must_have(module, tls, "_connect")

    def connect_plain(self):
        if trust.covers(self):
            _refuse_plain(module, self)
        return open_tcp(self)

    def connect_tls(self):
        if not trust.covers(self):
            return open_tls(self)
        if getattr(self, "ssl_validate_ocsp", False) or getattr(self, "ssl_validate_ocsp_stapled", False):
            raise module.ConnectionError("workerpool_trust cannot keep the OCSP check that this app asks for: refused")
        password, minimum = getattr(self, "certificate_password", None), getattr(self, "ssl_min_version", None)
        flags = getattr(self, "ssl_include_verify_flags", None)
        context = trust.context(Wishes(self.certfile, self.keyfile, password, minimum, flags))
        setattr(self, _CONTEXT, context)
        sock = open_tcp(self)
        try:
            return context.wrap_socket(sock, server_hostname=trust.name_of(self))
        except BaseException:
            sock.close()
            raise

    def checked(own):
        def connect(self):
            sock = own(self)
            if trust.covers(self):
                try:
                    _refuse_unless_made_here(module, self, getattr(sock, "context", None))
                except BaseException:
                    sock.close()
                    raise
            return sock

        return connect

    plain._connect, tls._connect = connect_plain, connect_tls
    _check_overridden(plain, checked)


def _mend_asyncio(module, trust):
    plain, tls = getattr(module, "Connection", None), getattr(module, "SSLConnection", None)
    open_any = _must_have(module, plain, "_connect")
    takes_arguments = hasattr(plain, "_connection_arguments")  # since redis-py 4.6
    if takes_arguments:
        arguments_plain = _must_have(module, plain, "_connection_arguments")
        arguments_tls = _must_have(module, tls, "_connection_arguments")

    def prepare(self):
        said = self.ssl_context
        password, minimum = getattr(said, "password", None), getattr(said, "min_version", None)
        flags = getattr(said, "include_verify_flags", None)
        context = trust.context(Wishes(said.certfile, said.keyfile, password, minimum, flags))
        setattr(self, _CONTEXT, context)
        return context

    async def open_broker(self):
        if not isinstance(self, tls):
            _refuse_plain(module, self)
        if not takes_arguments:
            if trust.server_name is not None:
                raise module.ConnectionError("redis.asyncio before 4.6 cannot verify another name than the host's")
            self.ssl_context.context = prepare(self)
        await open_any(self)

    def arguments(self):
        if not trust.covers(self):
            return arguments_tls(self)
        return dict(arguments_plain(self), ssl=prepare(self), server_hostname=trust.name_of(self))

    def checked(own):
        async def connect(self):
            await own(self)
            if trust.covers(self):
                try:
                    _refuse_unless_made_here(module, self, self._writer.get_extra_info("sslcontext"))
                except BaseException:
                    self._writer.close()
                    raise

        return connect

    async def connect(self):
        await (open_broker(self) if trust.covers(self) else open_any(self))

    plain._connect = checked(connect)
    if takes_arguments:
        tls._connection_arguments = arguments
    _check_overridden(plain, checked)


class _Place:
    def __init__(self, host, port):
        self.host = host
        self.port = port


def _mend_amqp(module, trust):
    """A transport's sock is plain until _setup_transport, and nothing is sent before that."""
    base = getattr(module, "_AbstractTransport", None)
    plain, tls = getattr(module, "TCPTransport", None), getattr(module, "SSLTransport", None)
    connect_any = _must_have(module, base, "connect")
    set_up_plain = _must_have(module, plain, "_setup_transport")
    set_up_tls = _must_have(module, tls, "_setup_transport")

    def meant(self):
        """kombu dials 127.0.0.1 where its URL says localhost."""
        moved = self.host == "127.0.0.1" and ("localhost", self.port) in trust.endpoints
        return _Place("localhost" if moved else self.host, self.port)

    def refuse_plain(self):
        if trust.covers(meant(self)):
            raise ConnectionError(
                "%s:%s is this app's broker and takes TLS only, but the app connects without (amqp:// in place of amqps://?)."
                " Refused by workerpool_trust" % (self.host, self.port)
            )
        return set_up_plain(self)

    def set_up(self):
        if not trust.covers(meant(self)):
            return set_up_tls(self)
        said = self.sslopts if isinstance(self.sslopts, dict) else {}
        context = trust.context(Wishes(said.get("certfile"), said.get("keyfile"), None, None, None))
        setattr(self, _CONTEXT, context)
        self.sock = context.wrap_socket(
            self.sock, server_hostname=trust.name_of(meant(self)), do_handshake_on_connect=False
        )
        # As py-amqp does: a server that hangs must not hang the worker.
        self.sock.settimeout(self.connect_timeout)
        self.sock.do_handshake()
        self._quick_recv = self.sock.read

    def checked(own):
        def connect(self):
            own(self)
            made = getattr(self, _CONTEXT, None)
            if trust.covers(meant(self)) and (made is None or getattr(self.sock, "context", None) is not made):
                self.close()
                raise ConnectionError(
                    "%s connects to this app's broker by its own means, so that nobody knows whether it verifies."
                    " Refused by workerpool_trust" % type(self).__name__
                )

        return connect

    def init_subclass(cls, **options):
        super(base, cls).__init_subclass__(**options)
        own = vars(cls).get("connect")
        if own is not None:
            cls.connect = checked(own)

    plain._setup_transport, tls._setup_transport = refuse_plain, set_up
    base.connect = checked(connect_any)
    base.__init_subclass__ = classmethod(init_subclass)


PATCHES.update(
    {
        "redis.connection": _mend_sync,
        "redis.asyncio.connection": _mend_asyncio,
        "amqp.transport": _mend_amqp,
    }
)
