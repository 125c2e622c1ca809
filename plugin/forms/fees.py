"""The forms around the fee schedule: a favourite."""

from __future__ import annotations

from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import RadioRow, choices

MARKED = (("yes", lazy_kt("zuerst zeigen")), ("no", lazy_kt("nicht mehr zuerst zeigen")))


class FavouriteForm(KostenklarForm):
    """Whether the practice wants a number first; says so by name, so that a second click changes nothing."""

    wanted = RadioRow(lazy_kt("Favorit"), choices=choices(MARKED))
