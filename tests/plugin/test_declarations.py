"""What the base types declare stands in a listing: a dropped `min`, `unique` or `in_period` is a changed line."""

from tests.support.declarations import LISTING, written


def test_declarations_are_as_listed() -> None:
    """`make golden` writes the listing anew; look at what changed."""
    assert written() == LISTING.read_text("utf-8")
