"""A scanned paper on its way into the file."""

from __future__ import annotations

from typing import Protocol


class FiledScan(Protocol):
    """The bytes as they came and what they are; forms.scan.Scan is one."""

    @property
    def content(self) -> bytes: ...
    @property
    def media_type(self) -> str: ...
