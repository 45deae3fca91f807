"""Code that never ends, and makes the clock that is set for it go off at once.

No test waits until a time is over, and none fails because something else was slow: plugins are given a long time.
"""

GIVEN = "600"
"""Seconds that plugins are given: so long that only what never ends is late."""

HURRY = (
    "import signal; left, again = signal.getitimer(signal.ITIMER_REAL); "
    f"assert {GIVEN} - 300 < left <= {GIVEN}; signal.setitimer(signal.ITIMER_REAL, 0.01, again)"
)
"""Looks whether the clock is set for the time given, and makes it go off."""

ENDLESS = f"{HURRY}\nwhile True: pass"
