"""What the tests of numbers and of killed writers share: a paper of few bytes under a number."""

from __future__ import annotations

import datetime as dt

from kostenklar.models.records import IssuedPaper
from kostenklar.plugin import blobs
from kostenklar.plugin.clock import now
from kostenklar.plugin.extension import session


def keep_paper(practice_id: int, patient_id: int, number: str) -> None:
    """An issued paper with this number, and so the use of it."""
    blob = blobs.put(practice_id, number.encode(), "application/pdf")
    session().add(
        IssuedPaper(
            practice_id=practice_id,
            patient_id=patient_id,
            kind="invoice",
            number=number,
            issued_on=dt.date(2026, 11, 20),
            issued_at=now(),
            issued_by="Test",
            language="de",
            schema_version=1,
            content={},
            sha256=blob.sha256,
            blob_id=blob.id,
            retain_until=dt.date(2034, 12, 31),
        )
    )
    session().flush()
