"""Runs a plugin's code so that any failure becomes a finding: an exception, an attempt to exit, an endless run."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from math import isfinite
from typing import TypeVar

from pilot_eval.errors import PilotEvalError, UsageError
from pilot_eval.text import Words, quoted

TIME_LIMIT = "PILOT_EVAL_PLUGIN_SECONDS"
"""Environment variable: the seconds that an import, a hook or any other call of a plugin may take (default: 20)."""

T = TypeVar("T")


class LateError(BaseException):
    """The time limit is reached; not an Exception, so that a plugin's own `except Exception` can't catch it."""


def time_limit() -> float:
    """Return the seconds that one call of a plugin's code may take. Raises UsageError for an invalid setting."""
    said = os.environ.get(TIME_LIMIT, "20")
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0.0
    if not (seconds > 0 and isfinite(seconds)):
        raise UsageError.of("usage-seconds", name=TIME_LIMIT, value=said)
    return seconds


def guarded(call: Callable[[], T], fault: Callable[[BaseException, Words], PilotEvalError]) -> T:
    """Return the result of `call`; if it fails, raise what `fault` makes of the exception and its cause in words.

    Our own errors, and the user's interrupt, pass through unchanged. What the code prints goes to standard error.
    """
    try:
        with _limited(), redirect_stdout(sys.stderr):  # what it prints must not mix with our output
            return call()
    except (KeyboardInterrupt, PilotEvalError):
        raise
    except LateError as error:
        seconds = f"{time_limit():g}"
        raise fault(error, Words(zh=f"超过 {seconds} 秒", en=f"it took longer than {seconds} s")) from None
    except BaseException as error:  # a plugin can raise anything, SystemExit included
        raise fault(error, quoted_error(error)) from error


def quoted_error(error: BaseException) -> Words:
    """Return what a plugin's code raised as a quotation, which has one language."""
    return quoted(f"{type(error).__name__}: {error}")


@contextmanager
def _limited() -> Iterator[None]:
    """Raise LateError at the time limit; no limit outside the main thread, or on a system without timers."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise LateError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, time_limit(), 1.0)  # repeats: Python drops an exception raised in a __del__
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
