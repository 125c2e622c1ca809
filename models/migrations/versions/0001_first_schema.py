"""The first schema"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kostenklar_audit_actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_audit_actor")),
    )
    op.create_table(
        "kostenklar_audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operation", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_audit_entry")),
    )
    with op.batch_alter_table("kostenklar_audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_audit_entry_of", ["table_name", "row_id"], unique=False)

    op.create_table(
        "kostenklar_audit_seal",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body_sha256", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_kostenklar_audit_seal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_kostenklar_audit_seal_entry_id")),
    )
    op.create_table(
        "kostenklar_goae_position",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("schedule", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("fee_type", sa.String(length=60), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("agreement_allowed", sa.Boolean(), nullable=False),
        sa.Column("common", sa.Boolean(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("minimum_minutes", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_goae_position")),
        sa.UniqueConstraint("schedule", "number", name=op.f("uq_kostenklar_goae_position_schedule_number")),
    )
    with op.batch_alter_table("kostenklar_goae_position", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_goae_position_by_number", ["number", "valid_from"], unique=False)

    op.create_table(
        "kostenklar_once_token",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leads_to", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_kostenklar_once_token")),
    )
    op.create_table(
        "kostenklar_practice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("legal_form", sa.String(length=200), nullable=False),
        sa.Column("group_kind", sa.String(length=60), nullable=False),
        sa.Column("tax_number", sa.String(length=60), nullable=False),
        sa.Column("vat_id", sa.String(length=60), nullable=False),
        sa.Column("iban", sa.String(length=60), nullable=False),
        sa.Column("bic", sa.String(length=60), nullable=False),
        sa.Column("bank_name", sa.String(length=200), nullable=False),
        sa.Column("account_holder", sa.String(length=70), nullable=False),
        sa.Column("federal_state", sa.String(length=2), nullable=False),
        sa.Column("vat_regime", sa.String(length=60), nullable=False),
        sa.Column("vat_on_received", sa.Boolean(), nullable=False),
        sa.Column("cash_regime", sa.String(length=60), nullable=False),
        sa.Column("books_locked_until", sa.Date(), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("consent_months", sa.Integer(), nullable=False),
        sa.Column("sign_agreement_on_screen", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_practice")),
    )
    op.create_table(
        "kostenklar_blob",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("key_id", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_blob_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_blob")),
        sa.UniqueConstraint("practice_id", "sha256", name=op.f("uq_kostenklar_blob_practice_id_sha256")),
    )
    op.create_table(
        "kostenklar_insurer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("ik", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=60), nullable=False),
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("fax", sa.String(length=60), nullable=False),
        sa.Column("portal", sa.String(length=200), nullable=False),
        sa.Column("own_release_form", sa.Boolean(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_insurer_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_insurer")),
    )
    op.create_table(
        "kostenklar_job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_job_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_job")),
        sa.UniqueConstraint("kind", "unique_key", name=op.f("uq_kostenklar_job_kind_unique_key")),
    )
    with op.batch_alter_table("kostenklar_job", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_job_due", ["state", "run_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_job_practice_id"), ["practice_id"], unique=False)

    op.create_table(
        "kostenklar_number_range",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(length=60), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_number_range_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_number_range")),
        sa.UniqueConstraint(
            "practice_id", "kind", "year", name=op.f("uq_kostenklar_number_range_practice_id_kind_year")
        ),
    )
    op.create_table(
        "kostenklar_patient",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("external_id", sa.String(length=60), nullable=False),
        sa.Column("kvnr", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("first_name", sa.String(length=200), nullable=False),
        sa.Column("last_name", sa.String(length=200), nullable=False),
        sa.Column("birth_name", sa.String(length=200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=60), nullable=False),
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("email_consent", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("skin_type", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("privacy_version", sa.String(length=60), nullable=False),
        sa.Column("privacy_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restricted_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("legal_hold", sa.Text(), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "sort_key",
            sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_patient_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_patient_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_patient")),
        sa.UniqueConstraint("practice_id", "number", name=op.f("uq_kostenklar_patient_practice_id_number")),
    )
    with op.batch_alter_table("kostenklar_patient", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_patient_by_name", ["practice_id", "sort_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_patient_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(
            "ix_kostenklar_patient_restricted",
            ["id"],
            unique=False,
            postgresql_where=sa.text("restricted_since IS NOT NULL"),
            sqlite_where=sa.text("restricted_since IS NOT NULL"),
        )

    op.create_table(
        "kostenklar_procedure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_de", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("nisv", sa.Boolean(), nullable=False),
        sa.Column("max_area_cm2", sa.BigInteger(), nullable=True),
        sa.Column("sun_days_before", sa.Integer(), nullable=False),
        sa.Column("sun_days_after", sa.Integer(), nullable=False),
        sa.Column("min_interval_days", sa.Integer(), nullable=False),
        sa.Column("talk_lead_days", sa.Integer(), nullable=False),
        sa.Column("talk_lead_warns", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_procedure_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_procedure")),
        sa.UniqueConstraint("practice_id", "code", name=op.f("uq_kostenklar_procedure_practice_id_code")),
    )
    op.create_table(
        "kostenklar_site",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=60), nullable=False),
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_site_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_site")),
    )
    op.create_table(
        "kostenklar_staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("employment", sa.String(length=60), nullable=False),
        sa.Column("engaged_from", sa.Date(), nullable=True),
        sa.Column("engaged_to", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_staff_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_staff")),
        sa.UniqueConstraint("practice_id", "actor_key", name=op.f("uq_kostenklar_staff_practice_id_actor_key")),
    )
    op.create_table(
        "kostenklar_text_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_text_version_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_text_version")),
        sa.UniqueConstraint(
            "practice_id",
            "key",
            "language",
            "sha256",
            name=op.f("uq_kostenklar_text_version_practice_id_key_language_sha256"),
        ),
    )
    with op.batch_alter_table("kostenklar_text_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_text_version_practice_id"), ["practice_id"], unique=False)

    op.create_table(
        "kostenklar_blob_bytes",
        sa.Column("blob_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_blob_bytes_blob_id")),
        sa.PrimaryKeyConstraint("blob_id", name=op.f("pk_kostenklar_blob_bytes")),
    )
    op.create_table(
        "kostenklar_course",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sessions_min", sa.Integer(), nullable=False),
        sa.Column("sessions_max", sa.Integer(), nullable=False),
        sa.Column("next_planned_on", sa.Date(), nullable=True),
        sa.Column("diagnosis", sa.String(length=200), nullable=False),
        sa.Column("icd_code", sa.String(length=60), nullable=False),
        sa.Column("icd_certainty", sa.String(length=1), nullable=False),
        sa.Column("icd_side", sa.String(length=1), nullable=False),
        sa.Column("icd_year", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_course_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_course_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["kostenklar_procedure.id"], name=op.f("fk_kostenklar_course_procedure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_course")),
    )
    with op.batch_alter_table("kostenklar_course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_course_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_course_procedure_id"), ["procedure_id"], unique=False)

    op.create_table(
        "kostenklar_device",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("maker", sa.String(length=200), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("serial_number", sa.String(length=200), nullable=False),
        sa.Column("udi", sa.String(length=200), nullable=False),
        sa.Column("laser_class", sa.String(length=60), nullable=False),
        sa.Column("limits", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("commissioned_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("safety_check_due", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_device_practice_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["kostenklar_site.id"], name=op.f("fk_kostenklar_device_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_device")),
    )
    with op.batch_alter_table("kostenklar_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_device_site_id"), ["site_id"], unique=False)

    op.create_table(
        "kostenklar_issued_paper",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("blob_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retain_until", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_issued_paper_blob_id")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_issued_paper_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_issued_paper_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_issued_paper_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_issued_paper")),
        sa.UniqueConstraint(
            "practice_id", "kind", "number", name=op.f("uq_kostenklar_issued_paper_practice_id_kind_number")
        ),
    )
    with op.batch_alter_table("kostenklar_issued_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_issued_paper_blob_id"), ["blob_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_issued_paper_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_issued_paper_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("from_state", sa.String(length=60), nullable=False),
        sa.Column("to_state", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=False),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_move_patient_id")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_move_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_move")),
    )
    with op.batch_alter_table("kostenklar_move", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_move_of", ["noun", "record_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_move_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_patient_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "key",
            sa.String(length=240).with_variant(sa.String(length=240, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_patient_key_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_patient_key_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_patient_key")),
    )
    with op.batch_alter_table("kostenklar_patient_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_patient_key_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index("ix_kostenklar_patient_key_search", ["practice_id", "key", "patient_id"], unique=False)

    op.create_table(
        "kostenklar_patient_phone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("may_leave_message", sa.Boolean(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_patient_phone_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_patient_phone_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_patient_phone")),
    )
    with op.batch_alter_table("kostenklar_patient_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_patient_phone_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_physician",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("specialty", sa.String(length=200), nullable=False),
        sa.Column("may_override", sa.Boolean(), nullable=False),
        sa.Column("nisv_kind", sa.String(length=200), nullable=False),
        sa.Column("nisv_issuer", sa.String(length=200), nullable=False),
        sa.Column("nisv_on", sa.Date(), nullable=True),
        sa.Column("nisv_scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["nisv_scan_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_physician_nisv_scan_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_physician_practice_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_physician_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_physician")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_kostenklar_physician_staff_id")),
    )
    with op.batch_alter_table("kostenklar_physician", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_physician_nisv_scan_id"), ["nisv_scan_id"], unique=False)

    op.create_table(
        "kostenklar_policy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("insurer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("contract_no", sa.String(length=60), nullable=False),
        sa.Column("insured_no", sa.String(length=60), nullable=False),
        sa.Column("tariff", sa.String(length=200), nullable=False),
        sa.Column("percentage", sa.BigInteger(), nullable=True),
        sa.Column("deductible", sa.BigInteger(), nullable=True),
        sa.Column("max_factor", sa.BigInteger(), nullable=True),
        sa.Column("holder_name", sa.String(length=200), nullable=False),
        sa.Column("holder_street", sa.String(length=200), nullable=False),
        sa.Column("holder_postcode", sa.String(length=60), nullable=False),
        sa.Column("holder_city", sa.String(length=200), nullable=False),
        sa.Column("holder_birth_date", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["insurer_id"], ["kostenklar_insurer.id"], name=op.f("fk_kostenklar_policy_insurer_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_policy_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_policy_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_policy")),
    )
    with op.batch_alter_table("kostenklar_policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_policy_insurer_id"), ["insurer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_policy_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_procedure_position",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goae_number", sa.String(length=60), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("analog_service", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_procedure_position_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["kostenklar_procedure.id"], name=op.f("fk_kostenklar_procedure_position_procedure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_procedure_position")),
    )
    with op.batch_alter_table("kostenklar_procedure_position", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kostenklar_procedure_position_procedure_id"), ["procedure_id"], unique=False
        )

    op.create_table(
        "kostenklar_representative",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("sole_custody", sa.Boolean(), nullable=False),
        sa.Column("proof_seen_by", sa.String(length=200), nullable=False),
        sa.Column("proof_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_representative_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_representative_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_representative")),
    )
    with op.batch_alter_table("kostenklar_representative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_representative_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "kostenklar_consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("procedure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sites", sa.Text(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("medium", sa.String(length=60), nullable=False),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_how", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_consent_course_id")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_consent_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_consent_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_consent_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["kostenklar_procedure.id"], name=op.f("fk_kostenklar_consent_procedure_id")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_consent_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_consent")),
    )
    with op.batch_alter_table("kostenklar_consent", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_consent_by_state", ["practice_id", "state", "paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_consent_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_consent_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_consent_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_consent_procedure_id"), ["procedure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_consent_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "kostenklar_cost_notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("payer", sa.String(length=60), nullable=False),
        sa.Column("with_agreement", sa.Boolean(), nullable=False),
        sa.Column("indication", sa.String(length=60), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gross_min", sa.BigInteger(), nullable=False),
        sa.Column("gross_max", sa.BigInteger(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_how", sa.String(length=60), nullable=False),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_cost_notice_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_cost_notice_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_cost_notice_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_cost_notice_practice_id")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["kostenklar_blob.id"], name=op.f("fk_kostenklar_cost_notice_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_cost_notice")),
    )
    with op.batch_alter_table("kostenklar_cost_notice", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_cost_notice_by_course", ["course_id", "state"], unique=False)
        batch_op.create_index(
            "ix_kostenklar_cost_notice_by_state", ["practice_id", "with_agreement", "state", "paper_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_kostenklar_cost_notice_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_cost_notice_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_cost_notice_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "kostenklar_device_instruction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("instructed_on", sa.Date(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["kostenklar_device.id"], name=op.f("fk_kostenklar_device_instruction_device_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_device_instruction_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_device_instruction_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_device_instruction")),
        sa.UniqueConstraint("device_id", "staff_id", name=op.f("uq_kostenklar_device_instruction_device_id_staff_id")),
    )
    with op.batch_alter_table("kostenklar_device_instruction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_device_instruction_device_id"), ["device_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_device_instruction_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "kostenklar_explanation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("explained_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("interpreter", sa.String(length=200), nullable=False),
        sa.Column("companion", sa.String(length=200), nullable=False),
        sa.Column("individual_risks", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=False),
        sa.Column("copy_handed_on", sa.Date(), nullable=True),
        sa.Column("copy_handed_how", sa.String(length=60), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_explanation_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["explained_by_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_explanation_explained_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_explanation_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_explanation")),
    )
    with op.batch_alter_table("kostenklar_explanation", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_explanation_by_course", ["course_id", "started_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kostenklar_explanation_explained_by_id"), ["explained_by_id"], unique=False
        )

    op.create_table(
        "kostenklar_invoice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("physician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("cancels_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("diagnosis", sa.String(length=200), nullable=False),
        sa.Column("net_total", sa.BigInteger(), nullable=False),
        sa.Column("vat_total", sa.BigInteger(), nullable=False),
        sa.Column("gross_total", sa.BigInteger(), nullable=False),
        sa.Column("paid_total", sa.BigInteger(), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivered_how", sa.String(length=60), nullable=False),
        sa.Column("without_agreement_reason", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(number IS NULL) = (paper_id IS NULL)", name=op.f("ck_kostenklar_invoice_numbered_when_issued")
        ),
        sa.CheckConstraint("net_total + vat_total = gross_total", name=op.f("ck_kostenklar_invoice_totals_agree")),
        sa.ForeignKeyConstraint(
            ["cancels_id"], ["kostenklar_invoice.id"], name=op.f("fk_kostenklar_invoice_cancels_id")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_invoice_course_id")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["kostenklar_issued_paper.id"], name=op.f("fk_kostenklar_invoice_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_invoice_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["physician_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_invoice_physician_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_invoice_practice_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["kostenklar_site.id"], name=op.f("fk_kostenklar_invoice_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_invoice")),
        sa.UniqueConstraint("cancels_id", name=op.f("uq_kostenklar_invoice_cancels_id")),
        sa.UniqueConstraint("practice_id", "number", name=op.f("uq_kostenklar_invoice_practice_id_number")),
    )
    with op.batch_alter_table("kostenklar_invoice", schema=None) as batch_op:
        batch_op.create_index("ix_kostenklar_invoice_by_state", ["practice_id", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_course_id"), ["course_id"], unique=False)
        batch_op.create_index("ix_kostenklar_invoice_latest", ["practice_id", "issued_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_physician_id"), ["physician_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_site_id"), ["site_id"], unique=False)
        batch_op.create_index(
            "ix_kostenklar_invoice_state_latest", ["practice_id", "state", "issued_on", "id"], unique=False
        )

    op.create_table(
        "kostenklar_lesion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("size_mm", sa.BigInteger(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("pigmented", sa.Boolean(), nullable=False),
        sa.Column("indication", sa.String(length=60), nullable=False),
        sa.Column("indication_reason", sa.Text(), nullable=False),
        sa.Column("indication_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("indication_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("benign_how", sa.String(length=200), nullable=False),
        sa.Column("benign_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("benign_on", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["benign_by_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_lesion_benign_by_id")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_lesion_course_id")),
        sa.ForeignKeyConstraint(
            ["indication_by_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_lesion_indication_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_lesion_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_lesion")),
    )
    with op.batch_alter_table("kostenklar_lesion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_lesion_benign_by_id"), ["benign_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_lesion_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_lesion_indication_by_id"), ["indication_by_id"], unique=False)
        batch_op.create_index(
            "ix_kostenklar_lesion_unchecked",
            ["course_id"],
            unique=False,
            postgresql_where=sa.text("benign_on IS NULL"),
            sqlite_where=sa.text("benign_on IS NULL"),
        )

    op.create_table(
        "kostenklar_treatment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("patient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("planned_time", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("documented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("documented_by", sa.String(length=200), nullable=False),
        sa.Column("performed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("supervised_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("device_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rechecked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recheck_tan", sa.Boolean(), nullable=True),
        sa.Column("recheck_medicines", sa.Boolean(), nullable=True),
        sa.Column("recheck_pregnancy", sa.Boolean(), nullable=True),
        sa.Column("recheck_herpes", sa.Boolean(), nullable=True),
        sa.Column("recheck_changes", sa.Boolean(), nullable=True),
        sa.Column("recheck_note", sa.Text(), nullable=False),
        sa.Column("last_sun_on", sa.Date(), nullable=True),
        sa.Column("minor_capable", sa.Boolean(), nullable=True),
        sa.Column("minor_capable_by", sa.String(length=200), nullable=False),
        sa.Column("test_spot", sa.String(length=200), nullable=False),
        sa.Column("anaesthetic", sa.String(length=200), nullable=False),
        sa.Column("eye_protection", sa.Boolean(), nullable=False),
        sa.Column("immediate_reaction", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("aftercare_handed", sa.Boolean(), nullable=False),
        sa.Column("aftercare_paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("irregular", sa.Boolean(), nullable=False),
        sa.Column("irregular_reason", sa.Text(), nullable=False),
        sa.Column("irregular_by", sa.String(length=200), nullable=False),
        sa.Column("billing", sa.String(length=60), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["aftercare_paper_id"],
            ["kostenklar_issued_paper.id"],
            name=op.f("fk_kostenklar_treatment_aftercare_paper_id"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["kostenklar_course.id"], name=op.f("fk_kostenklar_treatment_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["kostenklar_device.id"], name=op.f("fk_kostenklar_treatment_device_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["kostenklar_patient.id"], name=op.f("fk_kostenklar_treatment_patient_id")
        ),
        sa.ForeignKeyConstraint(
            ["performed_by_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_treatment_performed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_treatment_practice_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["kostenklar_site.id"], name=op.f("fk_kostenklar_treatment_site_id")),
        sa.ForeignKeyConstraint(
            ["supervised_by_id"], ["kostenklar_staff.id"], name=op.f("fk_kostenklar_treatment_supervised_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_treatment")),
    )
    with op.batch_alter_table("kostenklar_treatment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kostenklar_treatment_aftercare_paper_id"), ["aftercare_paper_id"], unique=False
        )
        batch_op.create_index(
            "ix_kostenklar_treatment_by_day", ["practice_id", "planned_on", "planned_time", "id"], unique=False
        )
        batch_op.create_index("ix_kostenklar_treatment_by_state", ["practice_id", "state", "planned_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_treatment_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_treatment_device_id"), ["device_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_treatment_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_treatment_performed_by_id"), ["performed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_treatment_site_id"), ["site_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kostenklar_treatment_supervised_by_id"), ["supervised_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_kostenklar_treatment_to_bill", ["practice_id", "billing", "state", "id"], unique=False
        )
        batch_op.create_index(
            "ix_kostenklar_treatment_unusual",
            ["practice_id", "irregular", "planned_on", "planned_time", "id"],
            unique=False,
        )

    op.create_table(
        "kostenklar_consent_signer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("identity_checked", sa.String(length=60), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["kostenklar_consent.id"], name=op.f("fk_kostenklar_consent_signer_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_consent_signer_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_consent_signer")),
    )
    with op.batch_alter_table("kostenklar_consent_signer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_consent_signer_consent_id"), ["consent_id"], unique=False)

    op.create_table(
        "kostenklar_gate_override",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("treatment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=False),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_gate_override_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["kostenklar_treatment.id"], name=op.f("fk_kostenklar_gate_override_treatment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_gate_override")),
    )
    with op.batch_alter_table("kostenklar_gate_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_gate_override_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "kostenklar_invoice_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("treatment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service_on", sa.Date(), nullable=False),
        sa.Column("clock_time", sa.String(length=60), nullable=False),
        sa.Column("goae_number", sa.String(length=60), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("analog_service", sa.Text(), nullable=False),
        sa.Column("body_site", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("indication", sa.String(length=60), nullable=False),
        sa.Column("vat_rate", sa.BigInteger(), nullable=True),
        sa.Column("on_demand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agreement_on", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["kostenklar_invoice.id"], name=op.f("fk_kostenklar_invoice_line_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_invoice_line_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["kostenklar_treatment.id"], name=op.f("fk_kostenklar_invoice_line_treatment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_invoice_line")),
    )
    with op.batch_alter_table("kostenklar_invoice_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_line_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_invoice_line_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "kostenklar_payment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("external_receipt_no", sa.String(length=200), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["kostenklar_invoice.id"], name=op.f("fk_kostenklar_payment_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_payment_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_payment")),
    )
    with op.batch_alter_table("kostenklar_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_payment_invoice_id"), ["invoice_id"], unique=False)

    op.create_table(
        "kostenklar_treatment_site",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("treatment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lesion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("probe", sa.String(length=200), nullable=False),
        sa.Column("temperature_c", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.BigInteger(), nullable=True),
        sa.Column("cycles", sa.Integer(), nullable=True),
        sa.Column("spots", sa.Integer(), nullable=True),
        sa.Column("area_cm2", sa.BigInteger(), nullable=True),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesion_id"], ["kostenklar_lesion.id"], name=op.f("fk_kostenklar_treatment_site_lesion_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["kostenklar_practice.id"], name=op.f("fk_kostenklar_treatment_site_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["kostenklar_treatment.id"], name=op.f("fk_kostenklar_treatment_site_treatment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kostenklar_treatment_site")),
    )
    with op.batch_alter_table("kostenklar_treatment_site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kostenklar_treatment_site_lesion_id"), ["lesion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kostenklar_treatment_site_treatment_id"), ["treatment_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("An issued paper knows no way back: restore the backup made before the upgrade.")
