"""Used once-tokens are found by age, so that a job can forget them."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index by which the daily job finds old tokens."""
    with op.batch_alter_table("kostenklar_once_token") as table:
        table.create_index("ix_kostenklar_once_token_used", ["used_at"])


def downgrade() -> None:
    """Refuse: an issued paper knows no way back."""
    raise RuntimeError("An issued paper knows no way back: restore the backup made before the upgrade.")
