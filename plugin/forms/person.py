"""The form of the person who sits here: language and colours of the own screen."""

from __future__ import annotations

from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import RadioRow, choices


class LookForm(KostenklarForm):
    """Kept in a cookie of this browser, not in the database."""

    language = RadioRow(lazy_kt("Sprache"), choices=choices([("de", "Deutsch"), ("en", "English")]))
    theme = RadioRow(lazy_kt("Darstellung"), choices=choices([("light", lazy_kt("hell")), ("dark", lazy_kt("dunkel"))]))
