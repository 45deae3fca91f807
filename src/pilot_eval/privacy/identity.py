"""The numbers of identity documents: how each is made up, and whether a number is one."""

from datetime import date

_PROVINCES = frozenset({
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
    "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
})  # fmt: skip
"""First two digits of a region (GB/T 2260); 81 to 83 are those of residence permits."""
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DOCUMENTS_FROM = 2010
"""Days from this year on are mostly those of documents, where nothing else speaks for a person."""


def is_day(text: str) -> bool:
    """Return whether eight digits are a day from 1900 to 2100."""
    try:
        return 1900 <= date.fromisoformat(text).year <= 2100
    except ValueError:
        return False


def begins_like_one(digits: str) -> bool:
    """Return whether a number begins with a region, as resident IDs and residence permits do; with 9, a region and a
    country, as foreigners' permanent-residence cards do since 2023; or dates from when no document of a round does."""
    foreigner = digits[0] == "9" and digits[1:3] in _PROVINCES and 4 <= int(digits[3:6]) <= 894
    return digits[:2] in _PROVINCES or foreigner or int(digits[6:10]) < _DOCUMENTS_FROM


def is_certain(digits: str) -> bool:
    """Return whether digits (the last may be X) are an ID number of eighteen: its region, its day and its check digit
    (ISO 7064, MOD 11-2)."""
    likely = len(digits) == 18 and is_day(digits[6:14]) and begins_like_one(digits)
    return likely and sum("0123456789X".index(sign) << place for place, sign in enumerate(reversed(digits))) % 11 == 1


def is_split(parts: str) -> bool:
    """Return whether adjacent cells are an ID number together: a certain one, of somebody born before documents of
    these years. A region beside a number that begins with a day is common."""
    return is_certain(parts) and int(parts[6:10]) < _DOCUMENTS_FROM and parts[:2] in _PROVINCES


def is_mistyped(digits: str) -> bool:
    """Return whether eighteen digits may be an ID number with a wrong digit, where a word says that they are one."""
    return (digits[:2] in _PROVINCES or is_day(digits[6:14])) and not _is_of_an_organisation(digits)


def _is_of_an_organisation(code: str) -> bool:
    """Return whether it is a valid unified social credit code (GB 32100-2015), whose signs may all be digits."""
    weighted = sum(_SIGNS.find(sign) * pow(3, at, 31) for at, sign in enumerate(code[:17]))
    return code[2:4] in _PROVINCES and _SIGNS[-weighted % 31] == code[17]


def is_old(digits: str) -> bool:
    """Return whether fifteen digits are an ID number as issued until 1999: a region, a day of the 20th century.

    Nobody born before 1920 is looked for: there, serial numbers with zeros would be taken for days.
    """
    city, county = int(digits[2:4]), int(digits[4:6])
    region = (1 <= city <= 34 or city in (51, 52, 53, 90)) and (1 <= county <= 39 or 81 <= county <= 99)
    return digits[:2] in _PROVINCES and region and digits[6] >= "2" and is_day(f"19{digits[6:12]}")


def is_old_permit(number: str) -> bool:
    """Return whether three letters and twelve digits are a permanent-residence card as issued until 2023: a country, a
    region, a day of birth (yymmdd)."""
    return number[3:5] in _PROVINCES and is_day(f"20{number[7:13]}")
