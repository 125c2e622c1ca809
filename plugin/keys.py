"""The AES-GCM envelope around stored bytes; keys come from a file that no backup holds (promise 10)."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path

from .config import WrongSetting


@dataclass(frozen=True, slots=True)
class Keys:
    """Named 32-byte keys; the first one seals, every one opens."""

    by_name: dict[str, bytes]

    @property
    def first(self) -> str:
        return next(iter(self.by_name))

    def seal(self, plain: bytes, bound_to: str) -> tuple[str, bytes]:
        """(key name, nonce + ciphertext); the envelope opens only for the same bound_to."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(12)
        return self.first, nonce + AESGCM(self.by_name[self.first]).encrypt(nonce, plain, bound_to.encode())

    def open(self, key_name: str, envelope: bytes, bound_to: str) -> bytes:
        """The plain bytes. Raises KeyError for an unknown key, InvalidTag for changed bytes."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self.by_name[key_name]).decrypt(envelope[:12], envelope[12:], bound_to.encode())


def read_keys(file: Path) -> Keys:
    """Keys of a file with lines "name:base64". Raises WrongSetting where it is not such a file."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines() if line.strip()]
        keys = {name: base64.b64decode(value, validate=True) for name, _, value in (x.partition(":") for x in lines)}
    except (OSError, binascii.Error, UnicodeDecodeError) as error:
        raise WrongSetting(f"KOSTENKLAR_KEYS_FILE cannot be read as lines of name:base64: {error}") from error
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise WrongSetting("KOSTENKLAR_KEYS_FILE holds no key, or one that is not 32 bytes long")
    return Keys(keys)


def new_key_line(name: str) -> str:
    """A line for the keys file with a fresh key."""
    return f"{name}:{base64.b64encode(os.urandom(32)).decode()}\n"
