"""Makes every Celery app in this process sign its tasks, and run none that was not signed for it.

Mounted by the workerpool operator beside workerpool_trust.py, and loaded by sitecustomize.py in the same way. It needs
Celery 5.2 or later and the library cryptography (pip install 'celery[auth]') in the image, and changes no file of it.

What it does: where the environment variable WORKERPOOL_SIGNING names a file (in a pod
/var/run/workerpool/signing/signing.json)
  - tasks, results, events and remote control are sent by Celery's serializer 'auth', signed with the key named there;
    what else the app configures, in whatever way, does not count;
  - a worker takes a task only if workerpool_messages.Gate lets it pass;
  - where the file says "sign": false, what is sent is as the app configures it, and where it says "require": false, unsigned
    messages are taken as well: while signing comes into force, so that no message is dropped;
  - heartbeats tell, as "workerpool_refused", how many messages were refused and why.

What it does not do: it sends nothing of its own, and logs one line a reason, never what was in a message.

Where the variable is not set nothing happens. Where the file, or what it names, cannot be used, the process ends with
code 78 and one line on stderr: an app that ran on would send unsigned tasks, or run them.
"""

import functools
import glob
import json
import os
import sys

import workerpool_trust

VARIABLE = "WORKERPOOL_SIGNING"
Unusable = workerpool_trust.Unusable
CURE = "install it in the image: pip install 'celery[auth]'"


class Signer:
    """Who may sign, by which certificates, and the patterns of the tasks that it may have run."""

    def __init__(self, name, tasks):
        self.name = name
        self.tasks = tasks
        self.files = []


class Signing:
    """What the signing file says."""

    def __init__(self, said):
        if not isinstance(said, dict) or type(said.get("version")) is not int or said["version"] != 1:
            raise Unusable("it is not of version 1")
        self.name = _text(said, "self")
        self.key = _text(said, "key")
        self.certificate = _text(said, "certificate")
        self.store = _text(said, "store")
        self.signs, self.requires = _flag(said, "sign"), _flag(said, "require")
        self.signers = _signers(said.get("signers"), os.path.dirname(self.store))
        accepted = said.get("acceptFrom")
        if accepted is not None:
            # Retries and chains come from the pool's own workers.
            accepted = frozenset(_texts(accepted, "acceptFrom")) | {self.name}
        self.accepted = accepted
        if not glob.glob(self.store):
            raise Unusable("its store matches no file: " + self.store)
        for path in [self.key, self.certificate] + [file for signer in self.signers for file in signer.files]:
            workerpool_trust.read("a file that it names", path)


def _signers(said, folder):
    if not isinstance(said, list) or not said:
        raise Unusable("it lists no signers")
    signers = {}
    for each in said:
        if not isinstance(each, dict):
            raise Unusable("a signer is no object")
        name, tasks = _text(each, "name"), _texts(each.get("tasks"), "a signer's tasks")
        signer = signers.setdefault(name, Signer(name, tasks))
        if signer.tasks != tasks:
            raise Unusable("a signer has other tasks for each of its files")
        signer.files.append(os.path.join(folder, _text(each, "file")))
    return list(signers.values())


def _text(said, name):
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise Unusable(name + " is not a text")
    return value


def _flag(said, name):
    value = said.get(name, True)
    if not isinstance(value, bool):
        raise Unusable(name + " is neither true nor false")
    return value


def _texts(said, name):
    if not isinstance(said, list) or not all(isinstance(each, str) and each for each in said):
        raise Unusable(name + " is no list of texts")
    return said


def load(path):
    """Raises Unusable."""
    try:
        said = json.loads(workerpool_trust.read("the file", path).decode("utf-8"))
    except ValueError:
        raise Unusable("it is not JSON") from None
    return Signing(said)


def load_or_end():
    """What the environment names; None where it names nothing. Ends the process where that cannot be used."""
    path = os.environ.get(VARIABLE)
    if path is None:
        return None
    try:
        return load(path)
    except Unusable as unusable:
        _end(unusable)


def _end(why):
    workerpool_trust.end("%s=%s cannot be used: %s" % (VARIABLE, os.environ.get(VARIABLE), why))


def install():
    """Mends Celery as soon as the app imports it, or at once where something has already."""
    signing = load_or_end()
    if signing is None:
        return
    import workerpool_messages  # now: its folder does not stay in sys.path

    celery = _Celery(signing, workerpool_messages)
    mends = {
        "celery.app.base": celery.mend_app,
        "celery.worker.consumer.consumer": celery.mend_consumer,
        "celery.worker.state": celery.mend_heartbeat,
    }
    if signing.signs:
        mends.update({"celery.app.amqp": celery.mend_sender, "celery.signals": celery.mend_publishing})
    if not signing.requires:
        mends["celery.backends.base"] = celery.mend_results
    workerpool_trust.after_import(mends)


class _Celery:
    def __init__(self, signing, messages):
        self.signing = signing
        self.messages = messages
        # Made once: Celery adds it to each heartbeat, and the gate counts in it.
        self.refused = dict.fromkeys(messages.REASONS, 0)
        self.envelope = None
        self.gate = None

    def mend_app(self, module):
        """The configuration of every app: in front of whatever the app says, when it says it, and for good."""
        self._prepare()
        app = module.Celery
        create, configure = _must_have(app, "__init__"), _must_have(app, "_load_config")

        @functools.wraps(create)
        def init(this, *words, **options):
            create(this, *words, **options)
            # Before the app's own receivers of this signal. What they raise Celery only logs, and so it would ours.
            this.on_after_configure.connect(lambda sender, source, **_: self._override(source), weak=False)
            if this.configured:
                self._override(this.conf)

        def load_config(this):
            return self._override(configure(this))

        app.__init__, app._load_config = init, load_config
        # An app's own key would be nobody's, and its own serializers are what must not be accepted.
        app.setup_security = lambda this, *words, **options: None

    def _override(self, conf):
        try:
            if not isinstance(conf.maps[0], _Overrides):
                conf.maps.insert(0, _Overrides(self._settings(conf), conf._to_keys))
            if (self.signing.signs and conf.task_serializer != "auth") or (
                conf.accept_content != self._accepted(conf, "accept_content")
            ):
                raise Unusable("this app's configuration cannot be changed")
        except Exception as error:
            _end(str(error) or type(error).__name__)
        return conf

    def _accepted(self, conf, name):
        """What the app accepts beside, whenever it says so; nothing where signatures are required."""
        if self.signing.requires:
            return ["auth"]
        own = _own(conf, name) or _own(conf, "accept_content") or ()
        return [each for each in own if each != "auth"] + ["auth"]

    def _settings(self, conf):
        signed = ("task_serializer", "result_serializer", "event_serializer") if self.signing.signs else ()
        return {
            **dict.fromkeys(signed, "auth"),
            "accept_content": lambda: self._accepted(conf, "accept_content"),
            "result_accept_content": lambda: self._accepted(conf, "result_accept_content"),
            "task_protocol": 2,
            "security_key": self.signing.key,
            "security_certificate": self.signing.certificate,
            "security_cert_store": self.signing.store,
            "security_digest": "sha256",
        }

    def _prepare(self):
        """Keys and certificates: not when Python starts, as what reads them takes time that only Celery's apps need."""
        try:
            self.envelope = self.messages.Envelope(self.signing, _security())
            self.gate = self.messages.Gate(self.signing, self.envelope, self.refused)
            self.envelope.register()
        except Unusable as unusable:
            _end(unusable)
        except Exception as error:
            _end("%s: %s" % (type(error).__name__, error))

    def mend_sender(self, module):
        """No task is sent by a serializer of its own: a task's or a call's option would win over the configuration."""
        create = _must_have(module.AMQP, "_create_task_sender")

        def create_task_sender(amqp):
            send = create(amqp)

            @functools.wraps(send)
            def send_signed(*words, **options):
                options["serializer"] = "auth"
                return send(*words, **options)

            return send_signed

        module.AMQP._create_task_sender = create_task_sender

    def mend_publishing(self, module):
        """Behind the app's receivers of this signal, which may change headers; as one of them it could not raise."""
        signal = module.before_task_publish
        send = signal.send

        def send_and_claim(sender, **message):
            answers = send(sender, **message)
            self.messages.claim(self.envelope, message["headers"], message["properties"], message["body"])
            return answers

        signal.send = send_and_claim
        # Celery 5.2 does not send where nobody receives.
        signal.connect(_nothing, weak=False)

    def mend_consumer(self, module):
        """Before any of Celery's own handling, in the worker's main process, so that it is the same for all pools."""
        create = _must_have(module.Consumer, "create_task_handler")

        def create_task_handler(consumer, *words, **options):
            return self.gate.before(create(consumer, *words, **options), module.logger, consumer.connection_errors)

        module.Consumer.create_task_handler = create_task_handler

    def mend_results(self, module):
        """Who takes both kinds reads both: Celery takes a result to be of the kind that it writes itself."""
        decode = _must_have(module.Backend, "decode")

        @functools.wraps(decode)
        def decode_either(backend, payload):
            if self.messages.looks_signed(payload):
                return self.envelope.open(payload).data
            if not self.signing.signs:
                return decode(backend, payload)
            return self.messages.unsigned(payload, _own(backend.app.conf, "result_serializer"), backend.accept)

        module.Backend.decode = decode_either

    def mend_heartbeat(self, module):
        module.SOFTWARE_INFO["workerpool_refused"] = self.refused


def _nothing(**_):
    pass


def _own(conf, name):
    """What the app says, or else Celery."""
    spellings = conf._to_keys(name)
    said = (mapping[each] for mapping in conf.maps[1:] for each in spellings if each in mapping)
    return next(said, None)


class _Overrides(dict):
    """Settings in each of the spellings that Celery looks for; of some the value is asked for each time."""

    def __getitem__(self, name):
        value = super().__getitem__(name)
        return value() if callable(value) else value

    def __init__(self, settings, spellings):
        super().__init__()
        for name, value in settings.items():
            self.update(dict.fromkeys(spellings(name), value))


def _security():
    """Celery's own keys and certificates, if this version's work."""
    import celery

    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise Unusable("Celery signs with the library cryptography, which is missing: " + CURE) from None
    if celery.VERSION < (5, 2):
        raise Unusable("Celery %s is too old to sign tasks: update it to 5.2 or later" % celery.__version__)
    from celery.security import certificate, key

    return certificate.Certificate, key.PrivateKey


def _must_have(owner, name):
    method = vars(owner).get(name)
    if method is None:
        import celery

        _end("workerpool_signing does not know Celery %s: refused, not unsigned" % celery.__version__)
    return method
