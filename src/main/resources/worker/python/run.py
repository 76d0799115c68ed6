"""Becomes the command it is given, with what the operator mounts loaded into each Python that the command starts.

Mounted by the workerpool operator from an immutable Secret into /var/run/workerpool/code, and put in front of the worker's
command: python3 /var/run/workerpool/code/run.py COMMAND ARGUMENT...

A pod's environment would replace the PYTHONPATH of the image; this extends it. Process id, signals, streams and exit
code are the command's own from then on. Where neither WORKERPOOL_TRUST nor WORKERPOOL_SIGNING is set the command gets
the environment as it is.
"""

import os
import signal
import sys

NOT_EXECUTABLE, NOT_FOUND = 126, 127  # as a shell
_here = os.path.dirname(os.path.abspath(__file__))
if _here not in sys.path:  # PYTHONSAFEPATH keeps it out
    sys.path.insert(0, _here)

import workerpool_signing  # noqa: E402
import workerpool_trust  # noqa: E402


def main(words):
    if not words:
        workerpool_trust.end("run.py needs a command")
    trust = workerpool_trust.load_or_end()
    signing = workerpool_signing.load_or_end()
    if trust is not None:
        check_certificates(trust)
    if trust is not None or signing is not None:
        refuse_out_of_reach(words)
        extend_python_path()
    # Python ignores these two, and what is ignored stays so in the command.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    try:
        os.execvp(words[0], words)
    except (FileNotFoundError, NotADirectoryError):
        give_up(NOT_FOUND, words[0] + ": not found (or the interpreter that its first line names is not)")
    except OSError as error:
        give_up(NOT_EXECUTABLE, "%s: %s" % (words[0], error.strerror))


def check_certificates(trust):
    """Here and not in each Python: this process ends before the app, so that it may import ssl."""
    try:
        context = trust.context(workerpool_trust.Wishes(None, None, None, None, None))
    except (OSError, ValueError) as error:  # an ssl.SSLError is an OSError
        reason = getattr(error, "reason", None) or error.__class__.__name__
        workerpool_trust.end("the certificates that %s names cannot be used: %s" % (workerpool_trust.VARIABLE, reason))
    if trust.verify != "None" and not context.cert_store_stats()["x509"]:
        workerpool_trust.end("the ca that %s names holds no certificate" % workerpool_trust.VARIABLE)


def refuse_out_of_reach(words):
    """A Python with -E, -I or -S would run the app unverified or unsigned, and nobody would see it."""
    line = interpreter_line(words)
    if not line or not os.path.basename(line[0]).startswith(("python", "pypy")):
        return
    for letter in option_letters(line[1:]):
        if letter in "EIS":
            workerpool_trust.end(
                "%s is started with Python's option -%s, which keeps out what the operator mounts" % (words[0], letter)
            )


def option_letters(words):
    """The interpreter's own options, up to the program."""
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            next(rest, None)
            continue
        if not word.startswith("-"):
            return
        for at, letter in enumerate(word[1:], start=2):
            yield letter
            if letter in "cm":
                return
            if letter in "WX":  # takes the rest of the word, or the next
                if at == len(word):
                    next(rest, None)
                break


def interpreter_line(words):
    """The interpreter and its options: the words themselves or, of a script, its first line."""
    if os.path.basename(words[0]).startswith(("python", "pypy")):
        return words
    path = words[0] if os.sep in words[0] else found_on_path(words[0])
    try:
        with open(path, "rb") as file:
            first = file.readline(512)
    except OSError:
        return []
    line = first[2:].decode("utf-8", "replace").split() if first.startswith(b"#!") else []
    if line and os.path.basename(line[0]) == "env":
        return [word for word in line[1:] if word != "-S"]
    return line


def found_on_path(name):
    candidates = (os.path.join(folder, name) for folder in os.get_exec_path())
    return next((each for each in candidates if os.access(each, os.X_OK)), name)


def extend_python_path():
    own = os.environ.get("PYTHONPATH")
    if not own:
        os.environ["PYTHONPATH"] = _here
    elif own.split(os.pathsep)[0] != _here:
        os.environ["PYTHONPATH"] = _here + os.pathsep + own


def give_up(code, why):
    sys.stderr.write("workerpool: " + why + "\n")
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
