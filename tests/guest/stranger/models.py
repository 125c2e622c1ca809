"""The stranger's records: users, a table that happens to be called patient, and appointments."""

# mypy: ignore-errors
# An application as people write it: db.Model, and a module called models beside it.
from __future__ import annotations

import datetime as dt

from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

db = SQLAlchemy()


class User(UserMixin, db.Model):
    """Somebody who signs in here; roles and practice say what this person is to Kostenklar."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    roles: Mapped[str] = mapped_column(String(80), default="")
    practice_id: Mapped[int | None]


class Patient(db.Model):
    """Not Kostenklar's patient: another class of the same name, in a table of the same noun."""

    __tablename__ = "patient"

    id: Mapped[int] = mapped_column(primary_key=True)
    nickname: Mapped[str] = mapped_column(String(80))


class Appointment(db.Model):
    """Who comes when."""

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[dt.date]
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"))
    patient: Mapped[Patient | None] = relationship("Patient")
