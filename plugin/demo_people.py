"""The patients of the demo practice: invented, with telephone numbers kept free for films (BNetzA 148/2021)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ..models.rules.payers import PolicyKind
from .services.patients import PatientData, PhoneData, RecipientData, RepresentativeData
from .services.policies import PolicyData


@dataclass(frozen=True, slots=True)
class Person:
    """What the desk knows of somebody on the first day. `age` instead of a birth date where the age is the story."""

    data: PatientData
    policies: tuple[PolicyData, ...]
    age: int | None = None


_WORKS: Final = "BKK Beispielwerke"
_RHENANIA: Final = "Rhenania Privat VVaG"


def _fund(name: str = "Kasse Rheinland-West") -> tuple[PolicyData, ...]:
    return (PolicyData(kind=PolicyKind.GKV, insurer=name),)


def _private(name: str = "Domhof Kranken AG", **more: Any) -> tuple[PolicyData, ...]:
    return (PolicyData(kind=PolicyKind.PKV_FULL, insurer=name, tariff="Komfort 2", **more),)


_HALF: Final = Decimal(50)
_CIVIL_SERVANT: Final = (
    PolicyData(kind=PolicyKind.BEIHILFE, insurer="Beihilfestelle Musterland", percentage=_HALF),
    PolicyData(kind=PolicyKind.PKV_FULL, insurer=_RHENANIA, tariff="B 50", percentage=_HALF),
)
_PENSIONER: Final = (
    PolicyData(kind=PolicyKind.BEIHILFE, insurer="Beihilfestelle Musterland", percentage=Decimal(70)),
    PolicyData(kind=PolicyKind.PKV_FULL, insurer=_RHENANIA, tariff="B 30", percentage=Decimal(30)),
)
_FUND_AND_MORE: Final = (
    PolicyData(kind=PolicyKind.GKV, insurer=_WORKS),
    PolicyData(kind=PolicyKind.PKV_SUPPLEMENTARY, insurer="Domhof Kranken AG", tariff="Ambulant Plus"),
)
_SELF: Final = (PolicyData(kind=PolicyKind.SELF_PAYER),)


def _person(
    name: str, born: str, sex: str, home: str, policies: tuple[PolicyData, ...], *, age: int | None = None, **more: Any
) -> Person:
    """name "Last, First"; born in ISO; home "street, postcode city"; each gets the next telephone number."""
    last, first = name.split(", ")
    street, town = home.split(", ")
    postcode, city = town.split(" ", 1)
    count = next(_COUNT)
    phones = (PhoneData(number=f"0221 4710 {count:03d}", may_leave_message=count % 2 == 0),)
    values: dict[str, Any] = {"phones": phones, "privacy_version": "1.0"} | more
    data = PatientData(
        last_name=last, first_name=first, birth_date=dt.date.fromisoformat(born), sex=sex, street=street,
        postcode=postcode, city=city, **values,
    )  # fmt: skip
    return Person(data, policies, age)


_COUNT = iter(range(201, 999))

PEOPLE: Final[dict[str, Person]] = {
    "yilmaz": _person("Yılmaz-Hofer, Gisela", "1957-09-02", "w", "Eigelstein 10, 50668 Köln", _fund(), skin_type=3),
    "abel": _person("Abel, Horst", "1949-01-17", "m", "Riehler Straße 1, 50668 Köln", _fund()),
    "berg": _person(
        "von Berg, Clara", "1971-05-30", "w", "Volksgartenstraße 22, 50677 Köln", _private(),
        title="Dr.", email="clara.vonberg@post.example", email_consent=True,
    ),
    "celik": _person("Çelik, Emre", "1990-11-08", "m", "Venloer Straße 40, 50823 Köln", _fund(_WORKS)),
    "dreyer": _person("Dreyer, Jörg", "1964-02-21", "m", "Zülpicher Straße 88, 50937 Köln", _CIVIL_SERVANT),
    "engels": _person(
        "Engels, Waltraud", "1941-12-24", "w", "Aachener Straße 81, 50931 Köln", _PENSIONER, skin_type=2,
        birth_name="Schmitz",
    ),
    "fischer": _person("Fischer, Annika", "1988-07-03", "w", "Neusser Straße 66, 50733 Köln", _SELF, skin_type=2),
    "gross": _person("Groß, Max-Philipp", "1995-03-12", "m", "Dürener Straße 77, 50935 Köln", _private()),
    "haas": _person("Haas, Elfriede", "1952-10-05", "w", "Berrenrather Straße 84, 50937 Köln", _fund()),
    "ivanova": _person("Iwanowa, Olga", "1983-06-19", "w", "Kalker Hauptstraße 55, 51103 Köln", _fund()),
    "jansen": _person("Jansen, Peter", "1958-08-27", "m", "Merowingerstraße 44, 50677 Köln", _FUND_AND_MORE),
    "kowalska": _person(
        "Kowalska-Wiśniewska, Agnieszka", "1979-04-14", "w", "Deutzer Freiheit 33, 50679 Köln", _fund()
    ),
    "lukasz": _person(
        "Łukaszewski, Łukasz", "1992-01-31", "m", "Mülheimer Freiheit 11, 51063 Köln", _SELF,
        recipient=RecipientData(
            name="Bühnenbau Beispiel GmbH", street="Hafenstraße 8", postcode="50968", city="Köln", company=True
        ),
        e_invoice=True,
    ),
    "mueller": _person("Müller, Änne", "1946-11-11", "w", "Severinstraße 22, 50678 Köln", _fund()),
    "nguyen": _person("Nguyễn, Thị Mai", "1986-02-09", "w", "Bonner Straße 77, 50968 Köln", _fund(_WORKS)),
    "obrien": _person(
        "O'Brien, James", "1975-03-17", "m", "Rheinaustraße 66, 50676 Köln", _SELF, language="en", skin_type=1,
        email="james.obrien@mail.example", email_consent=True,
    ),
    "peters": _person(
        "Peters, Lina", "2008-05-01", "w", "Sülzgürtel 55, 50937 Köln",
        _private(
            holder_name="Stefan Peters", holder_street="Sülzgürtel 55", holder_postcode="50937", holder_city="Köln"
        ),
        age=16,
        representatives=(RepresentativeData(name="Stefan Peters"), RepresentativeData(name="Julia Peters")),
        recipient=RecipientData(name="Stefan Peters", street="Sülzgürtel 55", postcode="50937", city="Köln"),
    ),
    "quast": _person("Quast, Dieter", "1955-09-09", "m", "Subbelrather Straße 44, 50823 Köln", _CIVIL_SERVANT),
    "roth": _person(
        "Roth, Hannelore", "1938-06-06", "w", "Dellbrücker Hauptstraße 33, 51069 Köln", _private(),
        recipient=RecipientData(name="Andreas Roth", street="Bahnhofstraße 22", postcode="53225", city="Bonn"),
    ),
    "sahin": _person("Şahin, Gülşen", "1968-12-03", "w", "Weidengasse 11, 50668 Köln", _fund()),
    "tanaka": _person("Tanaka, Yui", "1994-10-22", "w", "Lindenthalgürtel 88, 50935 Köln", _private(_RHENANIA)),
    "ueberall": _person("Überall, Günther", "1961-04-01", "m", "Siegburger Straße 77, 50679 Köln", _fund()),
    "vogel": _person("Vogel, Ingrid", "1950-07-29", "w", "Rochusstraße 66, 50827 Köln", _private()),
    "weiss": _person("Weiß, Sophie", "1999-09-18", "w", "Roonstraße 55, 50674 Köln", _SELF, skin_type=2),
    "xhaka": _person("Xhaferi, Arben", "1984-08-08", "m", "Frankfurter Straße 44, 51065 Köln", _fund()),
    "zimmer": _person("Zimmermann-Öztürk, Leyla", "1977-02-25", "w", "Nippeser Markt 33, 50733 Köln", _CIVIL_SERVANT),
    "arslan": _person("Arslan, Murat", "1981-05-13", "m", "Keupstraße 22, 51063 Köln", _SELF, skin_type=4),
    "becker": _person("Becker, Friedhelm", "1944-03-03", "m", "Longericher Straße 11, 50767 Köln", _PENSIONER),
    "costa": _person("da Costa Silva, Beatriz", "1989-01-06", "w", "Ebertplatz 88, 50668 Köln", _private()),
    "dietz": _person("Dietz, Karl-Heinz", "1953-11-19", "m", "Porzer Hauptstraße 77, 51143 Köln", _fund()),
    "evers": _person("Evers, Marlene", "1966-06-23", "w", "Klettenberggürtel 66, 50939 Köln", _FUND_AND_MORE),
    "fuchs": _person("Fuchs, Theodor", "1948-10-30", "m", "Militärringstraße 55, 50997 Köln", _private()),
    "garcia": _person("García Muñoz, Lucía", "1991-12-12", "w", "Brüsseler Platz 44, 50674 Köln", _fund()),
    "hoang": _person("Hoàng, Đức Anh", "1997-07-07", "m", "Ehrenfeldgürtel 33, 50823 Köln", _SELF, skin_type=4),
    "iyer": _person(
        "Iyer, Priya", "1985-04-28", "w", "Am Römerturm 22, 50667 Köln", _private(_RHENANIA),
        language="en", skin_type=5,
    ),
    "jung": _person("Jung, Rosemarie", "1956-08-15", "w", "Höninger Weg 11, 50969 Köln", _fund()),
    "klein": _person("Klein, Manfred", "1959-02-02", "m", "Luxemburger Straße 88, 50939 Köln", _fund(_WORKS)),
    "lemaire": _person("Lemaire, Hélène", "1973-10-10", "w", "Hohenzollernring 77, 50672 Köln", _private()),
    "moeller": _person("Møller, Søren", "1969-05-17", "m", "Theodor-Heuss-Ring 66, 50668 Köln", _SELF),
    "brandstaetter": _person(
        "Brandstätter, Miriam", "1988-03-14", "w", "Rheinufer 12, 50679 Köln", _CIVIL_SERVANT, skin_type=2
    ),
    "kaiser": _person("Kaiser, Ulrich", "1962-05-21", "m", "Sachsenring 44, 50677 Köln", _private(_RHENANIA)),
    "albrecht": _person("Albrecht, Simone", "1974-08-08", "w", "Salierring 33, 50677 Köln", _CIVIL_SERVANT),
    "sommerfeld": _person("Sommerfeld, Ingo", "1967-10-02", "m", "Kartäuserwall 22, 50678 Köln", _private(_RHENANIA)),
    "keller": _person("Keller, Dorothea", "1970-01-19", "w", "Vorgebirgstraße 11, 50677 Köln", _private(_RHENANIA)),
    "lorenz": _person("Lorenz, Bettina", "1965-06-30", "w", "Brühler Straße 88, 50968 Köln", _CIVIL_SERVANT),
    "hartmann": _person("Hartmann, Timo", "1993-09-09", "m", "Alteburger Straße 77, 50678 Köln", _SELF, skin_type=3),
    "lang": _person("Lang, Katharina", "1998-02-27", "w", "Rolandstraße 66, 50677 Köln", _SELF, skin_sensitive=True),
    "otto": _person("Otto, Sieglinde", "1947-04-04", "w", "Mainzer Straße 55, 50678 Köln", _SELF),
    "novak": _person("Nováková, Jana", "1987-03-08", "w", "Gereonswall 55, 50670 Köln", _fund()),
}  # fmt: skip
