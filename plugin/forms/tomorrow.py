"""The form behind "print all": nothing to type, it counts once."""

from __future__ import annotations

from .base import KostenklarForm


class PrintForm(KostenklarForm):
    """The day stands in the address."""
