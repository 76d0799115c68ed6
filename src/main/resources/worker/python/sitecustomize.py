"""Loads workerpool_trust and workerpool_signing into each Python process of this container, then the image's own
sitecustomize.

Mounted by the workerpool operator from an immutable Secret into /var/run/workerpool/code, which run.py puts in front of
PYTHONPATH; Python imports a module of this name whenever it starts. A Python that is started with -E, -I or -S does not
look at PYTHONPATH, or not for this module: it is out of reach.
"""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))

import workerpool_signing  # noqa: E402
import workerpool_trust  # noqa: E402

workerpool_trust.install()
workerpool_signing.install()

# Nothing in this folder may be found in place of a module of the app: an app may well have a run.py.
sys.path[:] = [each for each in sys.path if os.path.abspath(each or os.curdir) != _here]

# Now as if this file had never been there: the import finds the image's own or raises what Python expects where there
# is none, and an error in it ends as it would have ended.
del sys.modules["sitecustomize"]
import sitecustomize  # noqa: E402,F401
