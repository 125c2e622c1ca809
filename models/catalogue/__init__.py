"""Shipped data: the wordings in both languages, the medical facts they must carry, the fee schedule, base rates."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files

from ..rules.schedule_file import minimum_minutes

_HERE = files(__name__)


@dataclass(frozen=True, slots=True)
class ShippedText:
    """One wording in one language; `sha256` is the hash of the body's UTF-8 bytes."""

    key: str
    language: str
    body: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A medical fact: which procedures it concerns, on which papers it stands, and words that prove it there."""

    number: int
    procedures: tuple[str, ...]
    papers: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GoaeRow:
    """One number of the GOÄ as printed; amounts in euros, None where the fee is a share of another one."""

    number: str
    text: str
    points: int | None
    section: str
    in_section_a_list: bool
    fee_type: str
    threshold: Decimal
    maximum: Decimal
    fixed: bool
    agreement_allowed: bool
    points_source: str
    amount_single: Decimal | None
    amount_threshold: Decimal | None
    amount_maximum: Decimal | None
    common: bool
    notes: str

    @property
    def minimum_minutes(self) -> int | None:
        """The minimum duration that an invoice must name (§ 12(2) no. 2 GOÄ)."""
        return minimum_minutes(self.number, self.text, self.notes)


def shipped_texts() -> list[ShippedText]:
    """Every wording that ships, in the order of key and language."""
    texts = []
    for file in sorted((_HERE / "texts").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".md"):
            key, language = file.name.removesuffix(".md").rsplit(".", 1)
            body = file.read_text(encoding="utf-8").strip()
            texts.append(ShippedText(key, language, body, sha256(body.encode()).hexdigest()))
    return texts


def facts() -> list[Fact]:
    """The medical facts in their order."""
    stored = tomllib.loads((_HERE / "facts.toml").read_text(encoding="utf-8"))
    return [
        Fact(
            number=fact["number"],
            procedures=tuple(fact["procedures"]),
            papers=tuple(fact["papers"]),
            phrases={language: tuple(fact[language]) for language in ("de", "en")},
        )
        for fact in stored["fact"]
    ]


def goae_rows() -> Iterator[GoaeRow]:
    """The GOÄ, official text with its last change of 19 July 2023: 2,833 numbers and 11 letter surcharges."""
    with (_HERE / "goae.csv").open(encoding="utf-8") as file:
        yield from map(_goae_row, csv.DictReader(file))


def base_rates() -> Iterator[tuple[date, Decimal, str]]:
    """The base rates of § 247 BGB that ship: (valid from, per cent, source). None is checked with the Bundesbank."""
    with (_HERE / "base_rates.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield date.fromisoformat(row["valid_from"]), Decimal(row["percent"]), row["source"]


def _goae_row(row: Mapping[str, str]) -> GoaeRow:
    return GoaeRow(
        number=row["number"],
        text=row["text"],
        points=int(row["points"]) if row["points"] else None,
        section=row["section"],
        in_section_a_list=row["section_a"] == "1",
        fee_type=row["fee_type"],
        threshold=Decimal(row["factor_threshold"]),
        maximum=Decimal(row["factor_max"]),
        fixed=row["fixed_factor_1"] == "1",
        agreement_allowed=row["fee_agreement_allowed"] == "1",
        points_source=row["points_source"],
        amount_single=_euros(row["amount_1_0"]),
        amount_threshold=_euros(row["amount_threshold"]),
        amount_maximum=_euros(row["amount_max"]),
        common=row["derm_relevant"] == "1",
        notes=row["official_notes"],
    )


def _euros(text: str) -> Decimal | None:
    return Decimal(text) if text else None
