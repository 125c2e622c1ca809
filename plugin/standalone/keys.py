"""The key files: drawn on the first start, readable by their owner only, and never part of a backup."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..config import WrongSetting
from ..keys import new_key_line
from .settings import Settings


def draw_key_files(settings: Settings) -> list[Path]:
    """Make the folder and the key files that are not there yet; which ones were drawn."""
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = {
        settings.secret_key_file: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() + "\n",
        settings.keys_file: new_key_line("k1"),
    }
    return [path for path, content in wanted.items() if _draw(path, content)]


def read_secret_keys(path: Path) -> list[str]:
    """The secret keys, one a line: the first one signs and encrypts, all of them read; raises WrongSetting."""
    try:
        keys = [line.strip() for line in path.read_text("ascii").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as wrong:
        raise WrongSetting(f"KOSTENKLAR_SECRET_KEY_FILE={path} cannot be read: {wrong}") from wrong
    if not keys or any(len(key) < 40 for key in keys):
        raise WrongSetting(f"KOSTENKLAR_SECRET_KEY_FILE={path} holds no key, or one shorter than 40 characters")
    return keys


def derived(key: str, purpose: str) -> str:
    """32 bytes for one purpose out of a secret key (HKDF, RFC 5869), in the spelling that Fernet takes."""
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"kostenklar {purpose}".encode()).derive(key.encode())
    return base64.urlsafe_b64encode(raw).decode()


def _draw(path: Path, content: str) -> bool:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    except OSError as wrong:
        raise WrongSetting(f"the key file {path} cannot be written: {wrong}") from wrong
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return True
