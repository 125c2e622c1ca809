"""What the electronic invoice inside a paper says beyond its pages (EN 16931): seller and buyer in their parts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A name with its address in parts; `country` is ISO 3166 ("DE")."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Electronic:
    """Only where the recipient wants it: whoever gets the file can read each service in it, which is health data."""

    seller: Party
    buyer: Party
