"""Runs a plugin's code so that whatever it does ends as a finding: it raises, it leaves the program, it never ends."""

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

PATIENCE = "PILOT_EVAL_PLUGIN_SECONDS"
"""Environment variable: how long an import, a hook or any other call of a plugin may take (20 seconds by default)."""

T = TypeVar("T")


class LateError(BaseException):
    """The time is over; no Exception, so that a plugin's own `except Exception` doesn't take it."""


def patience() -> float:
    """Seconds that a plugin's code may take at a time. Raises UsageError for a setting that is no such number."""
    said = os.environ.get(PATIENCE, "20")
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0.0
    if not (seconds > 0 and isfinite(seconds)):
        raise UsageError.of("usage-seconds", name=PATIENCE, value=said)
    return seconds


def guarded(call: Callable[[], T], fault: Callable[[BaseException, Words], PilotEvalError]) -> T:
    """What `call` gives; where it doesn't, raises what `fault` makes of the exception and its cause in words.

    Our own errors, and the user's interrupt, pass as they are. What the code prints goes to standard error.
    """
    try:
        with _time_limit(), redirect_stdout(sys.stderr):  # what it prints must not get into our output
            return call()
    except (KeyboardInterrupt, PilotEvalError):
        raise
    except LateError as error:
        seconds = f"{patience():g}"
        raise fault(error, Words(zh=f"超过 {seconds} 秒", en=f"it took longer than {seconds} s")) from None
    except BaseException as error:  # a plugin can raise anything, SystemExit included
        raise fault(error, words_of(error)) from error


def words_of(error: BaseException) -> Words:
    """What somebody's code raised, as a quotation: it has one language."""
    return quoted(f"{type(error).__name__}: {error}")


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise LateError when the time is over; needs the main thread of a system with timers, else there is no limit."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise LateError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, patience(), 1.0)  # again: Python drops what is raised in a __del__
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
