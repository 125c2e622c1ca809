"""What the search field already knows about somebody who was not found: taken over into the form for a new patient."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

from .validators import Unreadable, read_date

_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}")


def typed_name(text: str) -> dict[str, str | dt.date]:
    """First form's values from "Müller, Anna", "Anna Müller" or "Anna Müller 02.09.1957"; nothing from figures."""
    values: dict[str, str | dt.date] = {}
    if found := _DATE.search(text):
        with suppress(Unreadable):
            values["birth_date"] = read_date(found[0], past=True)
        text = text.replace(found[0], " ")
    if not any(char.isalpha() for char in text) or any(char.isdigit() for char in text):
        return values
    last, comma, first = (" ".join(part.split()) for part in text.partition(","))
    if not comma:
        first, _, last = last.rpartition(" ")
    return values | {"last_name": _capital(last), "first_name": _capital(first)}


def _capital(name: str) -> str:
    """Whoever searches types small letters; the form gets the name as it is written."""
    return re.sub(r"(?<!\w)\w", lambda letter: letter[0].upper(), name) if name.islower() else name
