"""Accounts, sessions, failed sign-ins, their trail, and text saved from a time-out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def account(*, nullable: bool = False) -> sa.Column[int]:
    """The column that points to an account."""
    return sa.Column("account_id", BIG, nullable=nullable)


def to_account(table: str) -> sa.ForeignKeyConstraint:
    """Its foreign key."""
    return sa.ForeignKeyConstraint(["account_id"], ["standalone_account.id"], name=op.f(f"fk_{table}_account_id"))


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "standalone_account",
        sa.Column("id", BIG, nullable=False),
        sa.Column("login", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("actor_key", sa.String(60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("tf_primary_method", sa.String(60)),
        sa.Column("tf_totp_secret", sa.String(500)),
        sa.Column("tf_phone_number", sa.String(60)),
        sa.Column("totp_last_counter", BIG),
        sa.Column("practice_ids", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standalone_account")),
        sa.UniqueConstraint("login", name=op.f("uq_standalone_account_login")),
        sa.UniqueConstraint("actor_key", name=op.f("uq_standalone_account_actor_key")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_standalone_account_fs_uniquifier")),
    )
    op.create_table(
        "standalone_account_role",
        account(),
        sa.Column("name", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_standalone_account_role")),
        to_account("standalone_account_role"),
    )
    op.create_table(
        "standalone_session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        account(),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_standalone_session")),
        to_account("standalone_session"),
    )
    op.create_index(op.f("ix_standalone_session_account_id"), "standalone_session", ["account_id"])
    op.create_index(op.f("ix_standalone_session_seen_at"), "standalone_session", ["seen_at"])
    op.create_table(
        "standalone_sign_in_attempt",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_standalone_sign_in_attempt")),
    )
    op.create_index(op.f("ix_standalone_sign_in_attempt_last_at"), "standalone_sign_in_attempt", ["last_at"])
    op.create_table(
        "standalone_sign_in",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        account(nullable=True),
        sa.Column("address", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standalone_sign_in")),
        to_account("standalone_sign_in"),
    )
    op.create_index(op.f("ix_standalone_sign_in_at"), "standalone_sign_in", ["at"])
    op.create_index(op.f("ix_standalone_sign_in_account_id_at"), "standalone_sign_in", ["account_id", "at"])
    op.create_table(
        "standalone_typed",
        account(),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("posted_to", sa.Text(), nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "path", name=op.f("pk_standalone_typed")),
        to_account("standalone_typed"),
    )
    op.create_index(op.f("ix_standalone_typed_kept_at"), "standalone_typed", ["kept_at"])
