"""Every KOSTENKLAR_* setting of the plugin: its default, its meaning, its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class WrongSetting(RuntimeError):
    """A setting has a value that the program cannot start with; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """keys_file: lines "name:base64 of 32 bytes"; the first encrypts, all decrypt. scan_max_mb: size of one upload.

    batch_thread: whether a batch of invoices begins at once, in a thread of the process that was asked for it.
    """

    keys_file: Path
    scan_max_mb: int
    sign_out_endpoint: str
    batch_thread: bool


def read_settings(config: Mapping[str, Any]) -> Settings:
    """Settings from the host's app.config. Raises WrongSetting with the setting's name."""
    keys_file = config.get("KOSTENKLAR_KEYS_FILE")
    if not keys_file:
        raise WrongSetting("KOSTENKLAR_KEYS_FILE is missing: the file with the keys that seal papers and scans")
    return Settings(
        keys_file=Path(str(keys_file)),
        scan_max_mb=_whole(config, "KOSTENKLAR_SCAN_MAX_MB", 20, 1, 200),
        sign_out_endpoint=str(config.get("KOSTENKLAR_SIGN_OUT_ENDPOINT") or ""),
        batch_thread=_switch(config, "KOSTENKLAR_BATCH_THREAD", default=True),
    )


def _switch(config: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = config.get(name, default)
    if isinstance(value, bool):
        return value
    if str(value) not in ("on", "off"):
        raise WrongSetting(f"{name} is {value!r}, expected on or off")
    return str(value) == "on"


def _whole(config: Mapping[str, Any], name: str, default: int, low: int, high: int) -> int:
    value = config.get(name, default)
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise WrongSetting(f"{name} is {value!r}, expected a whole number from {low} to {high}") from None
    if not low <= number <= high:
        raise WrongSetting(f"{name} is {number}, expected a whole number from {low} to {high}")
    return number
