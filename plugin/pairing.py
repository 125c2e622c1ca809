"""What ties a tablet to one paper: a code to read and type, a secret for its cookie, and patience with wrong codes."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from threading import Lock
from typing import Final

from .extension import extension

CODE_LENGTH: Final = 10
CODE_LIFE: Final = dt.timedelta(minutes=5)
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32, so 50 bits a code; no I, L, O, U to misread (Crockford)
_MISREAD: Final = str.maketrans("ILO", "110")
_MOST_MISSES: Final = 10
_REMEMBERED: Final = dt.timedelta(minutes=5)
_MOST_CLIENTS: Final = 2000
_counting = Lock()


def new_code() -> str:
    """A code that is good once, for CODE_LIFE."""
    return "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH))


def shown(code: str) -> str:
    """A code as it is read aloud: ABCDE-FGHJK."""
    return f"{code[:5]}-{code[5:]}"


def typed(text: str) -> str:
    """What somebody typed, as a code: in capitals, without spaces and hyphens; "" where it cannot be one."""
    if len(text) > 60:
        return ""
    code = "".join(sign for sign in text.upper() if sign not in " -–\u00a0").translate(_MISREAD)
    return code if len(code) == CODE_LENGTH and set(code) <= set(_SIGNS) else ""


def new_secret() -> str:
    """256 bits for the tablet's cookie."""
    return secrets.token_urlsafe(32)


def digest(value: str) -> str:
    """What the database keeps of a code or a secret."""
    return hashlib.sha256(value.encode()).hexdigest()


def matches(value: str, kept: str | None) -> bool:
    """Whether this is the code or secret behind a kept hash, in a time that tells nothing."""
    return hmac.compare_digest(digest(value), kept or "")


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def proof_of(secret: str) -> str:
    """What the tablet's forms carry: only who has the secret can have drawn the page."""
    return hmac.new(secret.encode(), b"kostenklar tablet form", hashlib.sha256).hexdigest()


def patience(client: str, at: dt.datetime) -> bool:
    """Whether this client may try another code: ten wrong ones within five minutes are enough."""
    with _counting:
        return len(_recent(client, at)) < _MOST_MISSES


def missed(client: str, at: dt.datetime) -> None:
    """Count a wrong code. Kept in this process only: the code's 50 bits are what keeps guessers out."""
    with _counting:
        known = _misses()
        if len(known) >= _MOST_CLIENTS and client not in known:
            known.pop(next(iter(known)))
        known[client] = [*_recent(client, at), at]


def _recent(client: str, at: dt.datetime) -> list[dt.datetime]:
    return [then for then in _misses().get(client, []) if at - then < _REMEMBERED]


def _misses() -> dict[str, list[dt.datetime]]:
    known: dict[str, list[dt.datetime]] = extension().state.setdefault("pairing_misses", {})
    return known
