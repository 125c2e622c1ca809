"""What every paper's content shares: it is frozen, and it goes to JSON and back without losing a cent."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Literal, Self, Union, get_args, get_origin, get_type_hints

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")


class PaperDoesNotAddUp(ValueError):
    """The amounts on a paper contradict each other, so it must not be issued."""


class PaperContradictsItself(ValueError):
    """Two statements on a paper exclude each other, so it must not be issued."""


class UnreadableContent(ValueError):
    """Stored content does not fit the paper's fields or its schema version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """The base of all papers. A change of fields raises `schema_version`; `upgraded` keeps the old shape readable."""

    kind: ClassVar[str]
    schema_version: ClassVar[int] = 1

    language: Language

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: Decimals as strings, dates in ISO form, plus `kind` and `schema_version`."""
        return {"kind": self.kind, "schema_version": self.schema_version, **_encode(self)}

    def to_json(self) -> str:
        """One canonical text (sorted keys, no white space), so equal content has equal bytes and an equal hash."""
        return json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def texts(self) -> Iterator[str]:
        """Every text on the paper, to ask whether the face can show it."""
        return _texts(_encode(self))

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        """The content that `to_dict` wrote. Raises UnreadableContent."""
        try:
            stored = cls.upgraded(stored)
        except (KeyError, TypeError) as missing:
            raise UnreadableContent(f"no {cls.kind} of an earlier version: {missing!r}") from missing
        found = (stored.get("kind"), stored.get("schema_version"))
        if found != (cls.kind, cls.schema_version):
            raise UnreadableContent(f"expected {cls.kind} version {cls.schema_version}, found {found}")
        fields = {name: value for name, value in stored.items() if name not in ("kind", "schema_version")}
        decoded = _decode(cls, fields)
        assert isinstance(decoded, cls)
        return decoded

    @classmethod
    def upgraded(cls, stored: dict[str, Any]) -> dict[str, Any]:
        """What an earlier version stored, in today's shape; a paper whose fields have changed says how."""
        return stored

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The content that `to_json` wrote. Raises UnreadableContent."""
        return cls.from_dict(json.loads(text))


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


@cache
def _hints(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}


def _decode(hint: Any, raw: Any) -> Any:
    origin = get_origin(hint)
    if origin is Literal:
        return _checked(raw in get_args(hint), raw, hint)
    if origin in (Union, UnionType):
        if raw is None:
            return None
        return _decode(next(arm for arm in get_args(hint) if arm is not type(None)), raw)
    if origin is tuple:
        _checked(isinstance(raw, list), raw, hint)
        return tuple(_decode(get_args(hint)[0], item) for item in raw)
    if dataclasses.is_dataclass(hint):
        return _decode_record(hint, raw)
    return _decode_plain(hint, raw)


def _decode_record(cls: Any, raw: Any) -> Any:
    hints = _hints(cls)
    if not isinstance(raw, dict) or raw.keys() != hints.keys():
        raise UnreadableContent(f"the fields of {cls.__name__} differ from the stored ones")
    return cls(**{name: _decode(hint, raw[name]) for name, hint in hints.items()})


def _decode_plain(hint: Any, raw: Any) -> Any:
    if hint is Decimal:
        return Decimal(_checked(isinstance(raw, str), raw, hint))
    if hint is date:
        return date.fromisoformat(_checked(isinstance(raw, str), raw, hint))
    if issubclass(hint, Enum):
        return hint(raw)
    return _checked(type(raw) is hint, raw, hint)


def _checked(fits: object, raw: Any, hint: Any) -> Any:
    if not fits:
        raise UnreadableContent(f"{raw!r} is no {hint}")
    return raw
