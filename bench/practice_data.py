"""A practice of any size: patients with their course, five treatments, two or three invoices, papers and history."""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import dataclass, field
from itertools import product

from sqlalchemy import Connection

from kostenklar.models.rules.patient_search import patient_keys, sort_key
from kostenklar.tests.people import Cast

from .bulk import Row, Sheet, instant, unguarded
from .practice_sheets import (
    CONSENT,
    COURSE,
    INVOICE,
    KEY,
    LESION,
    LINE,
    MOVE,
    NOTICE,
    PAPER,
    PATIENT,
    PHONE,
    POLICY,
    SHEETS,
    TALK,
    TREATMENT,
)

CHUNK = 5_000
FIRST_ID = 1_000  # behind what the cast brought
DAYS_BETWEEN = 21
RARE = "Zwölfender"
_STEMS = (
    "Müll", "Schmid", "Schnei", "Fisch", "Web", "Mey", "Wagn", "Beck", "Schulz", "Hoff", "Schäf", "Koch",
    "Bau", "Richt", "Klein", "Wolf", "Schröd", "Neum", "Schwarz", "Zimmerm", "Braun", "Krüg", "Hofm", "Hartm",
    "Lang", "Schmitt", "Wern", "Krau", "Lehm", "Köhl", "Herrm", "König", "Walt", "May", "Peters", "Kais",
    "Fuchs", "Scholz", "Möll", "Weiß", "Jung", "Hahn", "Schub", "Vog", "Fried", "Kell", "Günth", "Frank",
)  # fmt: skip
_ENDINGS = (
    "er", "ann", "t", "ler", "inger", "mann", "ner", "ing", "ke", "berg", "sen", "s",
)  # fmt: skip
_FIRST_NAMES = (
    "Anna", "Maria", "Sabine", "Jürgen", "Björn", "Ayşe", "Łukasz", "Petra", "Hans", "Peter", "Karl", "Gisela",
    "Helga", "Ursula", "Monika", "Renate", "Ingrid", "Klaus", "Wolfgang", "Michael", "Thomas", "Andreas", "Stefan",
    "Christian", "Julia", "Laura", "Lena", "Leon", "Paul", "Elif", "Mehmet", "Sofie", "Émile", "Noah", "Mia", "Emma",
)  # fmt: skip
_CITIES = ("Köln", "Bonn", "Leverkusen", "Hürth", "Brühl", "Bergisch Gladbach", "Düren", "Frechen")
_FILLER = '{"text": "' + "Kosteninformation, Einwilligung und Rechnung stehen hier. " * 7 + '"}'


def load_practice(connection: Connection, cast: Cast, blob_id: int, patients: int, today: dt.date) -> None:
    """Fill the practice of the cast with so many patients more. All papers share one blob: lists never read it."""
    invented = _Practice(cast, blob_id, patients, today)
    with unguarded(connection, SHEETS):
        for start in range(0, patients, CHUNK):
            invented.rows = {sheet: [] for sheet in SHEETS}
            for index in range(start, min(start + CHUNK, patients)):
                invented.add_patient(index)
            for sheet, rows in invented.rows.items():
                sheet.load(connection, rows)


def days_of(patients: int) -> int:
    """For how long a practice of this size has been there."""
    return round(250 * math.sqrt(patients / 1000))


def urgent_patient(patients: int) -> int:
    """The id of a patient whose course began 30 days ago, with sessions behind and ahead."""
    return FIRST_ID + round(patients * (1 - 44 / days_of(patients)))


def _names() -> tuple[list[str], list[float]]:
    """Last names and how common they are: the tenth is a tenth as common as the first."""
    names = [stem + ending for ending, stem in product(_ENDINGS, _STEMS)]
    return names, [1 / rank for rank in range(1, len(names) + 1)]


@dataclass
class _Practice:
    """Invents the rows, the same each time: 1,000 patients came within 250 days, 200,000 within ten years."""

    cast: Cast
    blob_id: int
    patients: int
    today: dt.date
    rows: dict[Sheet, list[Row]] = field(default_factory=dict)
    papers: int = FIRST_ID
    invoices: int = FIRST_ID
    treatments: int = FIRST_ID

    def __post_init__(self) -> None:
        self.chance = random.Random(7)
        self.days = days_of(self.patients)
        self.names, self.common = _names()

    def add_patient(self, index: int) -> None:
        """One patient with everything that hangs on it; the ones with the highest ids came last."""
        key, chance = FIRST_ID + index, self.chance
        first_on = self.today + dt.timedelta(days=14 - round(self.days * (1 - index / self.patients)))
        self._add_person(key, RARE if index == 17 else chance.choices(self.names, self.common)[0])
        statutory = chance.random() < 0.85
        self._add(POLICY, key, "gkv" if statutory else "pkv_full")
        done_with = first_on + dt.timedelta(days=5 * DAYS_BETWEEN) < self.today
        self._put(
            COURSE, key, self.cast.practice_id, key, self.cast.procedure_id, "Altersflecken Handrücken rechts", 5,
            (first_on + dt.timedelta(days=4 * DAYS_BETWEEN)).isoformat() if done_with else None,
        )  # fmt: skip
        self._put(
            LESION, key, self.cast.practice_id, key, "age_spot", "Handrücken", "R", "cosmetic", "Auflichtmikroskopie",
            self.cast.physician_id, first_on.isoformat(),
        )  # fmt: skip
        self._add_papers(key, first_on, statutory=statutory)
        self._add_treatments(key, first_on)

    def _add_person(self, key: int, last_name: str) -> None:
        chance = self.chance
        first_name = chance.choice(_FIRST_NAMES)
        born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(24_000))
        number, phone = f"PA-{key:06}", f"0221{chance.randrange(10**7):07}"
        self._put(
            PATIENT, key, self.cast.practice_id, number, first_name, last_name, born.isoformat(), "Eigelstein 10",
            "50668", chance.choice(_CITIES), sort_key(last_name, first_name),
        )  # fmt: skip
        self._add(PHONE, key, phone)
        found_by = patient_keys(
            last_name=last_name, first_name=first_name, birth_name="", birth_date=born, numbers=[number], phones=[phone]
        )
        for search_key in sorted(found_by):
            self._add(KEY, key, search_key)

    def _add_papers(self, key: int, first_on: dt.date, *, statutory: bool) -> None:
        told_on = first_on - dt.timedelta(days=7)
        signed = self.chance.random() > (0.5 if first_on >= self.today else 0.005)
        signed_on = told_on.isoformat() if signed else None
        recorded, scan = (instant(told_on, 11), self.blob_id) if signed else (None, None)
        consent = self._paper(key, "consent", "EW", told_on)
        notice = self._paper(key, "cost_notice", "KI", told_on)
        cast, until = self.cast, (first_on + dt.timedelta(days=365)).isoformat()
        self._put(
            CONSENT, key, cast.practice_id, key, key, cast.procedure_id, "signed" if signed else "prepared", consent,
            "Handrücken rechts", 5, until, signed_on, recorded, scan,
        )  # fmt: skip
        agreed = signed and statutory
        self._put(
            NOTICE, key, cast.practice_id, key, key, "signed" if agreed else "handed", "gkv" if statutory else "pkv",
            int(statutory), "cosmetic", notice, 1133, 5665, told_on.isoformat(), signed_on if agreed else None,
            recorded if agreed else None, scan if agreed else None,
        )  # fmt: skip
        if signed:
            at = instant(told_on, 10)
            self._put(TALK, cast.practice_id, key, cast.physician_id, at, instant(told_on, 11), at, "Sabine Krüger")
            self._moved(key, key, ("consent", "sign", "prepared", "signed"), told_on)

    def _add_treatments(self, key: int, first_on: dt.date) -> None:
        days = [first_on + dt.timedelta(days=DAYS_BETWEEN * number) for number in range(5)]
        bills = [(0, 1), (2, 3), (4,)] if self.chance.random() < 0.5 else [(0, 1), (2, 3)]
        first = self.treatments
        for numbers in bills:
            if days[numbers[-1]] < self.today - dt.timedelta(days=1):
                self._add_invoice(key, [(first + number, days[number]) for number in numbers])
        billed = {
            number for numbers in bills for number in numbers if days[numbers[-1]] < self.today - dt.timedelta(days=4)
        }
        for number, day in enumerate(days):
            self._add_treatment(key, number, day, "billed" if number in billed else "open")

    def _add_treatment(self, key: int, number: int, day: dt.date, billing: str) -> None:
        cast, treatment = self.cast, self.treatments
        self.treatments += 1
        forgotten = billing == "open" and self.chance.random() < 0.02
        done = day < self.today and not forgotten
        goodwill = done and billing == "open" and day < self.today - dt.timedelta(days=2 * DAYS_BETWEEN)
        at = instant(day, 10) if done else None
        self._put(
            TREATMENT, treatment, cast.practice_id, key, key, cast.site_id, number + 1, "done" if done else "planned",
            day.isoformat(), f"{8 + treatment % 10:02}:{treatment % 4 * 15:02}", at, at, at,
            cast.physician_id if done else None, cast.device_id, "goodwill" if goodwill else billing,
        )  # fmt: skip
        if done:
            self._moved(key, treatment, ("treatment", "complete", "started", "done"), day)

    def _add_invoice(self, key: int, sessions: list[tuple[int, dt.date]]) -> None:
        cast, invoice = self.cast, self.invoices
        self.invoices += 1
        day = sessions[-1][1] + dt.timedelta(days=2)
        net, vat = 952 * len(sessions), round(952 * len(sessions) * 0.19)
        due = day + dt.timedelta(days=30)
        draft = day > self.today - dt.timedelta(days=2)
        late = due > self.today or self.chance.random() < 0.02
        number = None if draft else f"RE-{day.year}-{invoice:06}"
        state, paid = ("draft", 0) if draft else ("issued", 0) if late else ("paid", net + vat)
        paper = None if draft else self._paper(key, "invoice", "RE", day)
        dates = (None, None) if draft else (day.isoformat(), due.isoformat())
        self._put(
            INVOICE, invoice, cast.practice_id, key, key, cast.site_id, cast.physician_id, state, number, *dates, net,
            vat, net + vat, paid, paper,
        )  # fmt: skip
        for position, (treatment, on) in enumerate(sessions, start=1):
            self._put(
                LINE, cast.practice_id, invoice, treatment, position, on.isoformat(), "740",
                "Kryotherapie der Haut, je Sitzung", 71, 23_000, 952, "cosmetic", 1900, 1,
            )  # fmt: skip
        if not draft:
            self._moved(key, invoice, ("invoice", "issue", "draft", "issued"), day)

    def _paper(self, key: int, kind: str, prefix: str, day: dt.date) -> int:
        paper = self.papers
        self.papers += 1
        self._put(
            PAPER, paper, self.cast.practice_id, key, kind, f"{prefix}-{day.year}-{paper:06}", day.isoformat(),
            instant(day, 9), "Sabine Krüger", "de", 1, _FILLER, "0" * 64, self.blob_id,
            day.replace(year=day.year + 10, day=1).isoformat(),
        )  # fmt: skip
        return paper

    def _moved(self, key: int, record: int, moved: tuple[str, str, str, str], day: dt.date) -> None:
        who = ("user:sabine", "Sabine Krüger")
        self._put(MOVE, self.cast.practice_id, key, record, *moved, instant(day, 12), *who)

    def _add(self, sheet: Sheet, patient_id: int, value: str) -> None:
        self._put(sheet, self.cast.practice_id, patient_id, value)

    def _put(self, sheet: Sheet, *values: object) -> None:
        self.rows[sheet].append(values)
