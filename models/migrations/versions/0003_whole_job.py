"""The whole job: estimates, clarifications, grants, tablet signatures, side effects, reminders, disclosures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kostenklar_authorised_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("relation", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=60), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("allowed_on", sa.Date(), nullable=False),
        sa.Column("allowed_how", sa.String(length=200), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_authorised_contact_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_authorised_contact_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_authorised_contact")),
    )
    with op.batch_alter_table("kostenklar_authorised_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_authorised_contact_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_disclosure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=False),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("told_name", sa.String(length=200), nullable=False),
        sa.Column("told_role", sa.String(length=60), nullable=False),
        sa.Column("identity", sa.String(length=60), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_disclosure_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_disclosure_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_disclosure")),
    )
    with op.batch_alter_table("kostenklar_disclosure", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_disclosure_by_patient", ["patient_id", "at"], unique=False)

    op.create_table(
        "kostenklar_incoming_scan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("blob_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["blob_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_incoming_scan_blob_id")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_incoming_scan_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_incoming_scan_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_incoming_scan")),
    )
    with op.batch_alter_table("kostenklar_incoming_scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_incoming_scan_blob_id"), ["blob_id"], unique=False)
        batch_op.create_index("ix_kostenklar_incoming_scan_open", ["practice_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_incoming_scan_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_estimate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("indication", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("sessions_min", sa.Integer(), nullable=False),
        sa.Column("sessions_max", sa.Integer(), nullable=False),
        sa.Column("session_net", sa.BigInteger(), nullable=False),
        sa.Column("session_vat", sa.BigInteger(), nullable=False),
        sa.Column("session_gross", sa.BigInteger(), nullable=False),
        sa.Column("gross_min", sa.BigInteger(), nullable=False),
        sa.Column("gross_max", sa.BigInteger(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_how", sa.String(length=60), nullable=False),
        sa.Column("flag", sa.String(length=60), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_estimate_course_id")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_estimate_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_estimate_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_estimate_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_estimate")),
    )
    with op.batch_alter_table("kostenklar_estimate", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_estimate_by_course", ["course_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_estimate_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_estimate_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_fee_agreement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payer_name", sa.String(length=200), nullable=False),
        sa.Column("physician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=False),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_fee_agreement_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_fee_agreement_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_fee_agreement_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["physician_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_fee_agreement_physician_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_fee_agreement_practice_id")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_fee_agreement_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_fee_agreement")),
    )
    with op.batch_alter_table("kostenklar_fee_agreement", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_fee_agreement_by_course", ["course_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_fee_agreement_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_fee_agreement_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_fee_agreement_physician_id"), ["physician_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_fee_agreement_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "kostenklar_paper_signing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paper_sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.String(length=200), nullable=False),
        sa.Column("code_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_paper_signing_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_paper_signing_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_paper_signing_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_scan_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_paper_signing_signed_scan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_paper_signing")),
    )
    with op.batch_alter_table("kostenklar_paper_signing", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_paper_signing_by_code", ["code_sha256"], unique=True)
        batch_op.create_index("ix_kostenklar_paper_signing_by_record", ["noun", "record_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_paper_signing_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_paper_signing_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kostenklar_paper_signing_signed_scan_id"), ["signed_scan_id"], unique=False
        )

    op.create_table(
        "kostenklar_clarification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("policy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("insurer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("payer_role", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("estimate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("query_paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome_paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("follows_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("route", sa.String(length=60), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("statutory_clock", sa.Boolean(), nullable=False),
        sa.Column("clock_reason", sa.String(length=60), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("urgent_reason", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_channel", sa.String(length=60), nullable=False),
        sa.Column("sent_proof", sa.String(length=200), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_proof", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(length=60), nullable=False),
        sa.Column("unknown_dispatch", sa.Boolean(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_how", sa.String(length=60), nullable=False),
        sa.Column("started_before_answer", sa.Boolean(), nullable=False),
        sa.Column("flag", sa.String(length=60), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_clarification_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["estimate_id"], ["kostenklar_estimate.id"], name=op.f("fk_kostenklar_clarification_estimate_id")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["kostenklar_clarification.id"], name=op.f("fk_kostenklar_clarification_follows_id")
        ),
        sa.ForeignKeyConstraint(
            ["insurer_id"], ["kostenklar_insurer.id"], name=op.f("fk_kostenklar_clarification_insurer_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_paper_id"],
            ["kostenklar_issued_paper.id"],
            name=op.f("fk_kostenklar_clarification_outcome_paper_id"),
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_clarification_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["kostenklar_policy.id"], name=op.f("fk_kostenklar_clarification_policy_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_clarification_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["query_paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_clarification_query_paper_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_clarification")),
    )
    with op.batch_alter_table("kostenklar_clarification", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_clarification_by_course", ["course_id", "state"], unique=False)
        batch_op.create_index("ix_kostenklar_clarification_by_number", ["practice_id", "number"], unique=True)
        batch_op.create_index(
            "ix_kostenklar_clarification_by_state", ["practice_id", "state", "due_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_kostenklar_clarification_estimate_id"), ["estimate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_clarification_follows_id"), ["follows_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_clarification_insurer_id"), ["insurer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kostenklar_clarification_outcome_paper_id"), ["outcome_paper_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_kostenklar_clarification_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_clarification_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kostenklar_clarification_query_paper_id"), ["query_paper_id"], unique=False
        )

    op.create_table(
        "kostenklar_estimate_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("estimate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goae_number", sa.String(length=60), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("analog_service", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("indication", sa.String(length=60), nullable=False),
        sa.Column("vat_rate", sa.BigInteger(), nullable=True),
        sa.Column("on_demand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fee_agreement", sa.Boolean(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["estimate_id"], ["kostenklar_estimate.id"], name=op.f("fk_kostenklar_estimate_line_estimate_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_estimate_line_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_estimate_line")),
    )
    with op.batch_alter_table("kostenklar_estimate_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_estimate_line_estimate_id"), ["estimate_id"], unique=False)

    op.create_table(
        "kostenklar_fee_agreement_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fee_agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goae_number", sa.String(length=60), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["fee_agreement_id"],
            ["kostenklar_fee_agreement.id"],
            name=op.f("fk_kostenklar_fee_agreement_line_fee_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_fee_agreement_line_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_fee_agreement_line")),
    )
    with op.batch_alter_table("kostenklar_fee_agreement_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kostenklar_fee_agreement_line_fee_agreement_id"), ["fee_agreement_id"], unique=False
        )

    op.create_table(
        "kostenklar_reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("pay_until", sa.Date(), nullable=False),
        sa.Column("open_amount", sa.BigInteger(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivered_how", sa.String(length=60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["kostenklar_invoice.id"], name=op.f("fk_kostenklar_reminder_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_reminder_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_reminder_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_reminder")),
    )
    with op.batch_alter_table("kostenklar_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_reminder_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_reminder_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "kostenklar_side_effect",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("treatment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lesion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_how", sa.String(length=60), nullable=False),
        sa.Column("reported_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("expected", sa.Boolean(), nullable=True),
        sa.Column("seen_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("par52_note", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_side_effect_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["lesion_id"], ["kostenklar_lesion.id"], name=op.f("fk_kostenklar_side_effect_lesion_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_side_effect_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_side_effect_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_side_effect_seen_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["kostenklar_treatment.id"], name=op.f("fk_kostenklar_side_effect_treatment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_side_effect")),
    )
    with op.batch_alter_table("kostenklar_side_effect", schema=None) as batch_op:
        batch_op.create_index(
            "ix_kostenklar_side_effect_by_follow_up", ["practice_id", "state", "follow_up_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_kostenklar_side_effect_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_side_effect_lesion_id"), ["lesion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_side_effect_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_side_effect_seen_by_id"), ["seen_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_side_effect_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "kostenklar_signature",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paper_signing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("strokes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("strokes_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_signing_id"], ["kostenklar_paper_signing.id"], name=op.f("fk_kostenklar_signature_paper_signing_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_signature_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_signature")),
    )
    with op.batch_alter_table("kostenklar_signature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kostenklar_signature_paper_signing_id"), ["paper_signing_id"], unique=False
        )

    op.create_table(
        "kostenklar_case_grant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clarification_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("insurer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signer_name", sa.String(length=200), nullable=False),
        sa.Column("signer_role", sa.String(length=60), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("photos", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("medium", sa.String(length=60), nullable=False),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_how", sa.Text(), nullable=False),
        sa.Column("revoked_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clarification_id"],
            ["kostenklar_clarification.id"],
            name=op.f("fk_kostenklar_case_grant_clarification_id"),
        ),
        sa.ForeignKeyConstraint(
            ["insurer_id"], ["kostenklar_insurer.id"], name=op.f("fk_kostenklar_case_grant_insurer_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_case_grant_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_case_grant_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_case_grant_practice_id")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_case_grant_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_case_grant")),
    )
    with op.batch_alter_table("kostenklar_case_grant", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_case_grant_by_case", ["clarification_id", "kind", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_case_grant_insurer_id"), ["insurer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_case_grant_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_case_grant_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_case_grant_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "kostenklar_clarification_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clarification_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("binding", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("factor_cap", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.String(length=60), nullable=False),
        sa.Column("objection_until", sa.Date(), nullable=True),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["clarification_id"],
            ["kostenklar_clarification.id"],
            name=op.f("fk_kostenklar_clarification_answer_clarification_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_clarification_answer_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_clarification_answer_scan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_clarification_answer")),
    )
    with op.batch_alter_table("kostenklar_clarification_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kostenklar_clarification_answer_clarification_id"), ["clarification_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_kostenklar_clarification_answer_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "kostenklar_answer_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("estimate_line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("verdict", sa.String(length=60), nullable=False),
        sa.Column("factor_cap", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["kostenklar_clarification_answer.id"], name=op.f("fk_kostenklar_answer_line_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["estimate_line_id"],
            ["kostenklar_estimate_line.id"],
            name=op.f("fk_kostenklar_answer_line_estimate_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_answer_line_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_answer_line")),
    )
    with op.batch_alter_table("kostenklar_answer_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_answer_line_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kostenklar_answer_line_estimate_line_id"), ["estimate_line_id"], unique=False
        )

    with op.batch_alter_table("kostenklar_consent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("risk_clauses", sa.String(length=60), nullable=False, server_default=""))

    with op.batch_alter_table("kostenklar_cost_notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("medium", sa.String(length=60), nullable=False, server_default="paper"))

    with op.batch_alter_table("kostenklar_invoice", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("with_diagnosis", sa.Boolean(), nullable=True))
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_kostenklar_invoice_replaces_id"), "kostenklar_invoice", ["replaces_id"], ["id"]
        )

    with op.batch_alter_table("kostenklar_lesion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ink_colours", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ink_may_darken", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("kostenklar_patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skin_sensitive", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("kostenklar_payment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("counterpart_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("receipt_paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_kostenklar_payment_counterpart_id"), ["counterpart_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_payment_receipt_paper_id"), ["receipt_paper_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_kostenklar_payment_receipt_paper_id"),
            "kostenklar_issued_paper",
            ["receipt_paper_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_kostenklar_payment_counterpart_id"), "kostenklar_payment", ["counterpart_id"], ["id"]
        )

    with op.batch_alter_table("kostenklar_practice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("estimate_days", sa.Integer(), nullable=False, server_default="90"))
        batch_op.add_column(sa.Column("query_reminder_days", sa.Integer(), nullable=False, server_default="14"))
        batch_op.add_column(sa.Column("tablet_minutes", sa.Integer(), nullable=False, server_default="30"))

    with op.batch_alter_table("kostenklar_treatment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_on_table", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("kostenklar_treatment_site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wavelength_nm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("fluence_j_cm2", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("spot_mm", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("pulse_length", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("repetition_hz", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("pulses", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Refuse: an issued paper knows no way back."""
    raise RuntimeError("An issued paper knows no way back: restore the backup made before the upgrade.")
