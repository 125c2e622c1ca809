"""The demo practice itself: Hautpraxis am Lindenhof with its two sites, its people and its devices; all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from ..models.practice import Procedure, Site
from ..models.rules.chains import ChainEntry
from .access import Role
from .actor import acting_as
from .extension import session
from .services.articles import ArticleData, keep_article
from .services.chains import keep_position
from .services.favourites import keep_favourite
from .services.insurers import InsurerData, add_insurer
from .services.practice import DeviceData, PhysicianData, SiteData, StaffData, keep_device, keep_site, keep_staff
from .services.setup import NewPractice, open_practice
from .unit_of_work import tell_triggers

REASON: Final = "Demo"
PRACTICE: Final = NewPractice(
    name="Hautpraxis am Lindenhof", street="Lindenhof 4", postcode="50667", city="Köln", site_name="Mitte",
    telephone="0221 4710 100", email="praxis@lindenhof.example", website="www.lindenhof.example",
    legal_form="Einzelpraxis", tax_number="133/8150/8159", iban="DE02120300000000202051", bic="BYLADEM1001",
    bank_name="Beispielbank",
)  # fmt: skip
ARTICLES: Final = (
    ArticleData(name="Sonnencreme LSF 50", unit="Tube", net_price=Decimal("16.76"), vat_rate=Decimal(19)),
    ArticleData(name="Pflegesalbe 50 ml", unit="Tube", net_price=Decimal("8.32"), vat_rate=Decimal(19)),
)
FAVOURITES: Final = ("1", "5", "740", "2440")
REASONS: Final = {
    "740": (
        "Erhöhter Zeitaufwand durch Zahl und Lage der Veränderungen",
        "Erhöhte Schwierigkeit durch die Nähe zum Auge",
    ),
    "2440": (
        "Erhöhter Zeitaufwand durch mehrfache Durchgänge bei tief liegendem Pigment",
        "Erhöhte Schwierigkeit durch mehrere Farben in verschiedenen Hauttiefen",
    ),
}
SECOND_SITE: Final = SiteData(
    name="Ehrenfeld", street="Lindenweg 12", postcode="50823", city="Köln", telephone="0221 4710 150",
    email="ehrenfeld@lindenhof.example",
)  # fmt: skip

INSURERS: Final = (
    InsurerData(
        name="Rhenania Privat VVaG", kind="pkv", department="Leistung ambulant", street="Beispielallee 7",
        postcode="50321", city="Brühl",
    ),
    InsurerData(name="Domhof Kranken AG", kind="pkv", street="Domhof 1", postcode="50667", city="Köln"),
    InsurerData(
        name="Beihilfestelle Musterland", kind="beihilfe", street="Amtsplatz 3", postcode="40213", city="Düsseldorf"
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the practice. `key` is also the sign-in of the standalone demo, "" for who has none."""

    key: str
    signs_as: str
    roles: tuple[Role, ...]
    title: str
    name: str
    employment: str
    nisv_on: dt.date | None = None  # a physician without it has no proof yet


RECEPTION: Final = "empfang"
PHYSICIAN: Final = "aerztin"
OWNER: Final = "inhaberin"
ADMIN: Final = "verwaltung"
ASSISTANT: Final = "Lena Hoffmann"
LOCUM: Final = "Paul Werner"
TEAM: Final[dict[str, Colleague]] = {
    OWNER: Colleague(
        OWNER, "Dr. Katrin Lindenhof", (Role.OWNER,), "Dr. med.", "Katrin Lindenhof", "owner", dt.date(2019, 5, 14)
    ),
    PHYSICIAN: Colleague(
        PHYSICIAN, "Dr. Miriam Thiele", (Role.PHYSICIAN,), "Dr. med.", "Miriam Thiele", "employed", dt.date(2021, 3, 1)
    ),
    RECEPTION: Colleague(RECEPTION, "Sabine Krüger", (Role.RECEPTION,), "", "Sabine Krüger", "assistant"),
    ADMIN: Colleague(ADMIN, "Jonas Adler", (Role.ADMIN,), "", "Jonas Adler", "employed"),
    ASSISTANT: Colleague("", ASSISTANT, (), "", ASSISTANT, "assistant"),
    LOCUM: Colleague("", LOCUM, (), "", LOCUM, "locum"),
}
_PHYSICIANS: Final = frozenset({OWNER, PHYSICIAN, LOCUM})


@dataclass(frozen=True, slots=True)
class House:
    """Ids of the practice: staff by their key in TEAM, devices by method, procedures by code, sites in their order."""

    practice_id: int
    sites: tuple[int, ...]
    staff: dict[str, int]
    devices: dict[str, int]
    procedures: dict[str, int]

    @contextmanager
    def sits(self, key: str) -> Iterator[None]:
        """This colleague acts: for the services, the moves of state, and the audit."""
        who = TEAM[key]
        with acting_as(who.key, name=who.signs_as, roles=who.roles, practices=[self.practice_id]):
            tell_triggers(REASON)
            yield


def open_house(today: dt.date) -> House:
    """The practice, complete. Runs inside a unit of work."""
    practice_id = open_practice(PRACTICE).id
    with acting_as(ADMIN, name=TEAM[ADMIN].signs_as, roles=TEAM[ADMIN].roles, practices=[practice_id]):
        tell_triggers(REASON)
        keep_site(practice_id, None, None, SECOND_SITE)
        sites = tuple(session().scalars(select(Site.id).where(Site.practice_id == practice_id).order_by(Site.id)))
        staff = {key: keep_staff(practice_id, None, None, _staff(key, who)) for key, who in TEAM.items()}
        devices = {data.method: keep_device(practice_id, None, None, data) for data in _devices(sites, today)}
        for insurer in INSURERS:
            add_insurer(practice_id, insurer)
        for article in ARTICLES:
            keep_article(practice_id, None, None, article)
        for number in FAVOURITES:
            keep_favourite(practice_id, number, wanted=True)
        rows = session().execute(select(Procedure.code, Procedure.id).where(Procedure.practice_id == practice_id))
        procedures = {code: procedure_id for code, procedure_id in rows}  # noqa: C416  # a Row is no pair to mypy
        for procedure_id in procedures.values():
            _give_reasons(procedure_id, today)
        return House(practice_id, sites, staff, devices, procedures)


def _give_reasons(procedure_id: int, today: dt.date) -> None:
    """Texts to choose from where a factor lies above the threshold (§ 12(3) GOÄ)."""
    for entry in session().get_one(Procedure, procedure_id).chain:
        reasons = "\n".join(REASONS[entry.goae_number])
        kept = ChainEntry(entry.goae_number, entry.factor, entry.analog_service, reasons)
        keep_position(procedure_id, None, entry.id, kept, today)


def _staff(key: str, who: Colleague) -> StaffData:
    physician = PhysicianData(
        specialty="Haut- und Geschlechtskrankheiten",
        nisv_kind="Fachärztin mit Fortbildung" if who.nisv_on else "",
        nisv_issuer="Ärztekammer Musterland" if who.nisv_on else "",
        nisv_on=who.nisv_on,
    )
    return StaffData(
        name=who.name, title=who.title, employment=who.employment, actor_key=who.key,
        engaged_from=dt.date(2019, 1, 1), physician=physician if key in _PHYSICIANS else None,
    )  # fmt: skip


def _devices(sites: tuple[int, ...], today: dt.date) -> tuple[DeviceData, ...]:
    """The last one of a method is the one that the demo's sessions use."""
    limits: dict[str, Decimal | int] = {
        "temperature_min": -89, "temperature_max": -20, "seconds_max": 60,
        "cycles_max": 5,
    }  # fmt: skip
    return (
        DeviceData(
            site_id=sites[1], method="cryo", name="Kältesonde rund 3 mm", maker="Beispiel Kryotechnik",
            serial_number="K3-0007", limits=limits, commissioned_on=dt.date(2020, 2, 3),
            safety_check_due=today - dt.timedelta(days=12),
        ),
        DeviceData(
            site_id=sites[0], method="cryo", name="Kältesonde flach 5 mm", maker="Beispiel Kryotechnik",
            serial_number="K5-0042", limits=limits, commissioned_on=dt.date(2022, 9, 1),
            safety_check_due=today + dt.timedelta(days=160),
        ),
        DeviceData(
            site_id=sites[0], method="laser", name="Nd:YAG-Laser 532/1064 nm", maker="Beispiel Photonik",
            serial_number="L1-0815", laser_class="4", limits={"seconds_max": 10},
            notified_on=dt.date(2023, 1, 9), commissioned_on=dt.date(2023, 2, 6),
            safety_check_due=today + dt.timedelta(days=45),
        ),
    )  # fmt: skip
