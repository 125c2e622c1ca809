"""The host's own tables: accounts and roles, sessions, failed sign-ins and their trail, text saved from a time-out."""

from __future__ import annotations

import datetime as dt

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ...models.base import NAMING, BigInt, Id, UtcDateTime


class HostBase(DeclarativeBase):
    """Apart from the plugin's Base: its migrations never see these tables, and ours never see the plugin's."""

    metadata = MetaData(naming_convention=NAMING)


class Account(HostBase, UserMixin):
    """Someone who signs in, by a name rather than an e-mail address: a reception desk often shares one mailbox."""

    __tablename__ = "standalone_account"

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(String(60), unique=True)  # folded: small letters only
    name: Mapped[str] = mapped_column(String(200))
    actor_key: Mapped[str] = mapped_column(String(60), unique=True)  # what history and the practice's staff know
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    password: Mapped[str] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)  # a new one ends all sessions
    tf_primary_method: Mapped[str | None] = mapped_column(String(60))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(500))  # encrypted by Flask-Security
    tf_phone_number: Mapped[str | None] = mapped_column(String(60))  # Flask-Security asks for it; never used
    totp_last_counter: Mapped[int | None] = mapped_column(BigInt)  # a code is good for one sign-in
    practice_ids: Mapped[list[int]] = mapped_column(JSON)  # no foreign key: the plugin's tables are its own
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    roles: Mapped[list[AccountRole]] = relationship(  # type: ignore[assignment]  # Flask-Security's are any role
        cascade="all, delete-orphan", order_by="AccountRole.name"
    )


class AccountRole(HostBase, RoleMixin):
    """One role of one account: reception, physician, owner or admin."""

    __tablename__ = "standalone_account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("standalone_account.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)


class DeskSession(HostBase):
    """A browser in which somebody is signed in. The cookie holds a token, this row only its hash."""

    __tablename__ = "standalone_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("standalone_account.id"), index=True)
    seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)


class SignInAttempt(HostBase):
    """Failed sign-ins in a row: of kind "account" (key: hash of what was typed) or "address" (key: the address)."""

    __tablename__ = "standalone_sign_in_attempt"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    next_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class SignInTrail(HostBase):
    """Who signed in or out, failed, or was locked: when and from where."""

    __tablename__ = "standalone_sign_in"
    __table_args__ = (Index("ix_standalone_sign_in_account_id_at", "account_id", "at"),)

    id: Mapped[Id]
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    what: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("standalone_account.id"))  # none: no such account
    address: Mapped[str] = mapped_column(String(64))


class TypedText(HostBase):
    """What somebody typed into a form whose sending came after the time-out; encrypted, for the same account, once."""

    __tablename__ = "standalone_typed"

    account_id: Mapped[int] = mapped_column(ForeignKey("standalone_account.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(500), primary_key=True)
    fields: Mapped[bytes] = mapped_column(LargeBinary)
    posted_to: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
