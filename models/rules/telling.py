"""Who may be told what on the telephone (§ 203 StGB): the patient, guardians, and whom the patient has allowed.

Whoever is not named here learns nothing, not even that somebody is a patient.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .age import is_minor
from .folding import fold

_GUARDIANS = frozenset({"parent", "guardian"})


class Topic(StrEnum):
    """What a sentence is about."""

    APPOINTMENTS = "appointments"
    COSTS = "costs"


class ListenerRole(StrEnum):
    """As what somebody is told."""

    PATIENT = "patient"
    GUARDIAN = "guardian"
    CARER = "carer"
    CONTACT = "contact"
    POLICYHOLDER = "policyholder"
    NOBODY = "nobody"


_EVERYTHING = frozenset(Topic)
_SCOPES = {
    "appointments": frozenset({Topic.APPOINTMENTS}),
    "costs": frozenset({Topic.APPOINTMENTS, Topic.COSTS}),
    "everything": _EVERYTHING,
}


@dataclass(frozen=True, slots=True)
class ActingPerson:
    """Who acts for the patient: kind is parent, guardian or carer."""

    id: int
    name: str
    kind: str
    proof_seen: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the patient allowed to be told; scope is appointments, costs (with appointments) or everything."""

    id: int
    name: str
    scope: str
    allowed_on: date
    valid_until: date | None = None
    revoked_on: date | None = None
    relation: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class PolicyHolder:
    """The policyholder of one of the patient's contracts, who is not the patient."""

    policy_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who may be told; `policy_ids` narrows costs to cases of these contracts, None is all.

    `key` names the person in a form.
    """

    key: str
    name: str
    role: ListenerRole
    topics: frozenset[Topic]
    policy_ids: frozenset[int] | None = None
    relation: str = ""
    telephone: str = ""
    until: date | None = None

    def may_hear(self, topic: Topic, policy_id: int | None, *, of_a_case: bool) -> bool:
        """Whether a sentence about this topic (and, of a case, this contract) is for these ears."""
        if topic not in self.topics:
            return False
        if topic is Topic.APPOINTMENTS or self.policy_ids is None:
            return True
        return of_a_case and policy_id in self.policy_ids


@dataclass(frozen=True, slots=True)
class Silence:
    """Somebody who might call and is told nothing; why: minor, proof_missing, ran_out, revoked, not_contact."""

    name: str
    role: ListenerRole
    why: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody around the patient who might call."""

    name: str
    born_on: date
    acting: tuple[ActingPerson, ...] = ()
    contacts: tuple[Contact, ...] = ()
    holders: tuple[PolicyHolder, ...] = ()


def who_may_be_told(people: People, on: date) -> tuple[tuple[Listener, ...], tuple[Silence, ...]]:
    """(who may be told, who may not and why).

    A minor's guardians speak for the minor (§ 1629 BGB). A policyholder learns only what concerns the contract, and
    only where the patient named the person as contact.
    """
    heard: list[Listener] = []
    silent: list[Silence] = []
    minor = is_minor(people.born_on, on)
    if minor:
        silent.append(Silence(people.name, ListenerRole.PATIENT, "minor"))
    else:
        heard.append(Listener("patient", people.name, ListenerRole.PATIENT, _EVERYTHING))
    for person in people.acting:
        _sort(_acting(person, minor=minor), heard, silent)
    for contact in people.contacts:
        _sort(_contact(contact, people.holders, on), heard, silent)
    told = {_words(each.name) for each in heard} | {_words(people.name)}
    strangers = dict.fromkeys(holder.name for holder in people.holders if _words(holder.name) not in told)
    silent += [Silence(name, ListenerRole.POLICYHOLDER, "not_contact") for name in strangers]
    return tuple(heard), tuple(silent)


def _sort(who: Listener | Silence | None, heard: list[Listener], silent: list[Silence]) -> None:
    if isinstance(who, Listener):
        heard.append(who)
    elif who is not None:
        silent.append(who)


def _acting(person: ActingPerson, *, minor: bool) -> Listener | Silence | None:
    """Parents of somebody who has come of age no longer act; a carer shows the certificate (§ 1823 BGB)."""
    if person.kind in _GUARDIANS:
        if not minor:
            return None
        return Listener(f"guardian-{person.id}", person.name, ListenerRole.GUARDIAN, _EVERYTHING)
    if not person.proof_seen:
        return Silence(person.name, ListenerRole.CARER, "proof_missing")
    return Listener(f"guardian-{person.id}", person.name, ListenerRole.CARER, _EVERYTHING)


def _contact(contact: Contact, holders: Iterable[PolicyHolder], on: date) -> Listener | Silence | None:
    if contact.allowed_on > on:
        return None
    if contact.revoked_on is not None and contact.revoked_on <= on:
        return Silence(contact.name, ListenerRole.CONTACT, "revoked", contact.revoked_on)
    if contact.valid_until is not None and contact.valid_until < on:
        return Silence(contact.name, ListenerRole.CONTACT, "ran_out", contact.valid_until)
    own = frozenset(each.policy_id for each in holders if _words(each.name) == _words(contact.name))
    narrowed = bool(own) and contact.scope == "costs"
    return Listener(
        key=f"contact-{contact.id}",
        name=contact.name,
        role=ListenerRole.POLICYHOLDER if narrowed else ListenerRole.CONTACT,
        topics=frozenset({Topic.COSTS}) if narrowed else _SCOPES.get(contact.scope, frozenset()),
        policy_ids=own if narrowed else None,
        relation=contact.relation,
        telephone=contact.telephone,
        until=contact.valid_until,
    )


def _words(name: str) -> frozenset[str]:
    """ "Müller, Anna" and "Anna Mueller" are one person; titles are written differently and left out."""
    return frozenset(word for word in fold(name).spelled.split() if word not in ("dr", "prof", "med", "dipl"))
