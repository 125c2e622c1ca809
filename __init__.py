"""Kostenklar: treatments, consents, cost information and invoices of a German dermatology practice, on Flask.

The repository root is the package, and nothing heavy is imported here: a host pays for Kostenklar when it mounts it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .plugin import Actor as Actor
    from .plugin import acting_as as acting_as
    from .plugin import include_name as include_name
    from .plugin import init_app as init_app

__version__ = "0.3.0"
__all__ = ["Actor", "__version__", "acting_as", "include_name", "init_app"]


def __getattr__(name: str) -> Any:
    """Fetch the public names from kostenklar.plugin on first use (PEP 562)."""
    if name in __all__:
        return getattr(import_module(".plugin", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
