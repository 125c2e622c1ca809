"""Billing: line kinds, articles, favourites, dunning, base rates, instalments, hand-over to a lawyer, batches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kostenklar_article",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("net_price", sa.BigInteger(), nullable=False),
        sa.Column("vat_rate", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_article_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_article")),
        sa.UniqueConstraint("practice_id", "name", name=op.f("uq_kostenklar_article_practice_id_name")),
    )
    op.create_table(
        "kostenklar_base_rate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_base_rate_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_base_rate")),
        sa.UniqueConstraint("practice_id", "valid_from", name=op.f("uq_kostenklar_base_rate_practice_id_valid_from")),
    )
    op.create_table(
        "kostenklar_favourite_position",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("goae_number", sa.String(length=60), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_favourite_position_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_favourite_position")),
        sa.UniqueConstraint(
            "practice_id", "goae_number", name=op.f("uq_kostenklar_favourite_position_practice_id_goae_number")
        ),
    )
    op.create_table(
        "kostenklar_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("wanted", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_batch_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_batch")),
    )
    with op.batch_alter_table("kostenklar_batch", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_batch_latest", ["practice_id", "id"], unique=False)

    op.create_table(
        "kostenklar_batch_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shown", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["kostenklar_batch.id"], name=op.f("fk_kostenklar_batch_item_batch_id")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["kostenklar_invoice.id"], name=op.f("fk_kostenklar_batch_item_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_batch_item_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_batch_item_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_batch_item")),
        sa.UniqueConstraint("batch_id", "invoice_id", name=op.f("uq_kostenklar_batch_item_batch_id_invoice_id")),
    )
    with op.batch_alter_table("kostenklar_batch_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_batch_item_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index("ix_kostenklar_batch_item_next", ["batch_id", "state", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_batch_item_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "kostenklar_debt_handover",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lawyer", sa.String(length=200), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=60), nullable=False),
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("open_amount", sa.BigInteger(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=False),
        sa.Column("fees", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["kostenklar_invoice.id"], name=op.f("fk_kostenklar_debt_handover_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_debt_handover_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_debt_handover_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_debt_handover_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_debt_handover")),
    )
    with op.batch_alter_table("kostenklar_debt_handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_debt_handover_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_debt_handover_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_debt_handover_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_instalment_plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("paid_before", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["kostenklar_invoice.id"], name=op.f("fk_kostenklar_instalment_plan_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_instalment_plan_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_instalment_plan_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_instalment_plan_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_instalment_plan")),
    )
    with op.batch_alter_table("kostenklar_instalment_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_instalment_plan_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_instalment_plan_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_instalment_plan_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_instalment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["kostenklar_instalment_plan.id"], name=op.f("fk_kostenklar_instalment_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_instalment_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_instalment")),
    )
    with op.batch_alter_table("kostenklar_instalment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_instalment_plan_id"), ["plan_id"], unique=False)

    with op.batch_alter_table("kostenklar_invoice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dunning_hold_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("dunning_hold_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("written_off_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("handed_over_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("letter_paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_letter_paper_id"), ["letter_paper_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_kostenklar_invoice_letter_paper_id"), "kostenklar_issued_paper", ["letter_paper_id"], ["id"]
        )

    with op.batch_alter_table("kostenklar_invoice_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=60), nullable=False, server_default="goae"))
        batch_op.add_column(
            sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("receipt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("other_illness", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("indication_by", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("indication_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_line_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_line_receipt_id"), ["receipt_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_kostenklar_invoice_line_article_id"), "kostenklar_article", ["article_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_kostenklar_invoice_line_receipt_id"), "kostenklar_blob", ["receipt_id"], ["id"]
        )

    with op.batch_alter_table("kostenklar_patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("e_invoice", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("kostenklar_policy", schema=None) as batch_op:
        batch_op.add_column(sa.Column("holder_country", sa.String(length=2), nullable=False, server_default="DE"))

    with op.batch_alter_table("kostenklar_practice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminder_days", sa.Integer(), nullable=False, server_default="10"))
        batch_op.add_column(sa.Column("dunning_days", sa.Integer(), nullable=False, server_default="14"))
        batch_op.add_column(sa.Column("dunning_fee", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("case_reading", sa.String(length=60), nullable=False, server_default="month"))

    with op.batch_alter_table("kostenklar_procedure_position", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reasons", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("kostenklar_reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fee", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("interest", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("in_default_since", sa.Date(), nullable=True))
    _index_of_credits()
    # "sent" is a state of its own from here on; before, only the day told that an invoice was handed over
    op.execute(
        "UPDATE kostenklar_invoice SET state = 'sent'"
        " WHERE state = 'issued' AND kind = 'invoice' AND delivered_on IS NOT NULL"
    )


def _index_of_credits() -> None:
    """Few invoices hold a credit; the list of them is read by this index alone."""
    holds = sa.text("paid_total > 0 AND (state = 'cancelled' OR paid_total > gross_total)")
    op.create_index(
        "ix_kostenklar_invoice_credit",
        "kostenklar_invoice",
        ["practice_id", "id"],
        unique=False,
        postgresql_where=holds,
        sqlite_where=holds,
    )


def downgrade() -> None:
    """Refuse: an issued paper knows no way back."""
    raise RuntimeError("An issued paper knows no way back: restore the backup made before the upgrade.")
