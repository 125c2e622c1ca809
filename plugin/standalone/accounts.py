"""Accounts: who may sign in. Passwords are drawn here, told once, and kept as Argon2 only."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

from flask import current_app
from flask_security import hash_password
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, scoped_session

from ..access import Role
from ..clock import now
from .records import Account, AccountRole, DeskSession

_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike: 16 of them are 79 bits
_LEADERS: Final = frozenset({Role.OWNER.value, Role.ADMIN.value})
DEMO: Final = (
    ("empfang", "Sabine Krüger", Role.RECEPTION),
    ("aerztin", "Dr. Miriam Thiele", Role.PHYSICIAN),
    ("inhaberin", "Dr. Katrin Lindenhof", Role.OWNER),
    ("verwaltung", "Jonas Adler", Role.ADMIN),
)


class NoSuchAccount(LookupError):
    """Nobody signs in under this name."""


class LastLeader(RuntimeError):
    """Without this account nobody could manage the others."""


class LoginTaken(RuntimeError):
    """Somebody signs in under this name already."""


def folded(login: str) -> str:
    """The login as it is stored: small letters, no spaces around it."""
    return login.strip().casefold()


def draw_password() -> str:
    """Four groups of four signs."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def free_login(login: str) -> str:
    """The login as it is stored; raises LoginTaken, and ValueError for one of strange signs."""
    login = folded(login)
    if not (0 < len(login) <= 60 and all(sign.isalnum() or sign in ".-_@" for sign in login)):
        raise ValueError(login)
    if _session().scalar(select(Account.id).where(Account.login == login)) is not None:
        raise LoginTaken(login)
    return login


def add_account(login: str, name: str, roles: Iterable[Role], practices: Sequence[int], *, actor_key: str = "") -> str:
    """Open an account and tell its drawn password; raises as free_login."""
    login, password = free_login(login), draw_password()
    account = Account(
        login=login,
        name=name,
        actor_key=actor_key or login,
        active=True,
        password=hash_password(password),
        fs_uniquifier=uuid.uuid4().hex,
        practice_ids=sorted(set(practices)),
        created_at=now(),
        roles=[AccountRole(name=role.value) for role in sorted(set(roles))],
    )
    _session().add(account)
    _session().commit()
    return password


def create_demo_accounts(practice_ids: Sequence[int]) -> list[tuple[str, str, str]]:
    """One account per role of the demo practice: (name, login, password); the passwords are told nowhere else."""
    return [(name, login, add_account(login, name, [role], practice_ids)) for login, name, role in DEMO]


def all_accounts() -> Sequence[Account]:
    """Every account, in the order of their logins."""
    return _session().scalars(select(Account).order_by(Account.login)).all()


def reset_password(login: str) -> str:
    """Draw a new password, drop the second factor, sign the person out everywhere, and open the account again."""
    account, password = _find(login), draw_password()
    account.password = hash_password(password)
    account.tf_primary_method = account.tf_totp_secret = None
    account.active = True
    _sign_out_everywhere(account)
    _session().commit()
    return password


def deactivate(login: str) -> None:
    """Close an account; its history stays. Raises NoSuchAccount and LastLeader."""
    account = _find(login)
    if account.active and _leads(account) and not any(_leads(one) for one in all_accounts() if one is not account):
        raise LastLeader(account.login)
    account.active = False
    _sign_out_everywhere(account)
    _session().commit()


def has_accounts() -> bool:
    """Whether anybody can sign in at all."""
    return bool(_session().scalar(select(func.count()).select_from(Account)))


def _leads(account: Account) -> bool:
    return account.active and any(role.name in _LEADERS for role in account.roles)


def _find(login: str) -> Account:
    account = _session().scalar(select(Account).where(Account.login == folded(login)))
    if account is None:
        raise NoSuchAccount(login)
    return account


def _sign_out_everywhere(account: Account) -> None:
    account.fs_uniquifier = uuid.uuid4().hex
    _session().execute(delete(DeskSession).where(DeskSession.account_id == account.id))


def _session() -> scoped_session[Session]:
    found: scoped_session[Session] = current_app.extensions["sqlalchemy"].session
    return found
