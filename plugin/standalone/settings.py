"""The settings of the standalone host and their checks: a wrong value stops the start, naming the setting."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..config import WrongSetting

ROOT: Final = Path(__file__).parents[2]
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the host runs with, read once at the start. Each field is KOSTENKLAR_ and its name in capitals."""

    instance: Path
    database_url: str
    host: str
    port: int
    trusted_proxies: int
    allowed_hosts: tuple[str, ...]
    secure_cookies: bool
    secret_key_file: Path
    keys_file: Path
    idle_minutes: int
    totp: str

    @property
    def is_sqlite(self) -> bool:
        """Whether one process on one file serves the practice."""
        return self.database_url.startswith("sqlite")

    @property
    def address(self) -> str:
        """Where a browser on this machine finds us."""
        host = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(self.host, self.host)  # noqa: S104
        return f"http://{host}:{self.port}/"


def read_settings(given: Mapping[str, Any] | None = None) -> Settings:
    """The settings from `given`, else from the environment, else their defaults; raises WrongSetting."""
    values = {**os.environ, **(given or {})}

    def value(name: str, default: str, read: Callable[[str], Any]) -> Any:
        setting = f"KOSTENKLAR_{name}"
        text = str(values.get(setting, "")).strip() or default
        try:
            return read(text)
        except ValueError as wrong:
            raise WrongSetting(f"{setting}={text}: {wrong}") from wrong

    instance = value("INSTANCE", str(_default_instance()), _path)
    host = value("HOST", "127.0.0.1", str)
    proxies = value("TRUSTED_PROXIES", "0", _between(0, 5))
    known = ",".join(_LOOPBACK) if host in _LOOPBACK and not proxies else ""
    return Settings(
        instance=instance,
        database_url=value("DATABASE_URL", f"sqlite:///{instance / 'kostenklar.sqlite3'}", _database_url),
        host=host,
        port=value("PORT", "8000", _between(1, 65535)),
        trusted_proxies=proxies,
        allowed_hosts=value("ALLOWED_HOSTS", known, _names),
        secure_cookies=value("SECURE_COOKIES", "off", _switch),
        secret_key_file=value("SECRET_KEY_FILE", str(instance / "secret.key"), _path),
        keys_file=value("KEYS_FILE", str(instance / "papers.keys"), _path),
        idle_minutes=value("IDLE_MINUTES", "15", _between(1, 24 * 60)),
        totp=value("TOTP", "optional", _one_of("off", "optional", "required")),
    )


def _default_instance() -> Path:
    """Beside the source in a checkout; under the current folder where the package was installed."""
    return (ROOT if (ROOT / "pyproject.toml").exists() else Path.cwd()) / "instance"


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return text

    return read


def _switch(text: str) -> bool:
    return _one_of("on", "off")(text) == "on"


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if any("/" in name or " " in name for name in names):
        raise ValueError("must be host names with commas between, without http://")
    return names


def _database_url(text: str) -> str:
    if text.startswith(("sqlite:///", "postgresql+psycopg://")):
        return text
    raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
