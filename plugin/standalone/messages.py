"""What Flask-Security says on these pages, in the house's words: German ids, English through the catalogue."""

from __future__ import annotations

from typing import Final

from ..texts import kt, lazy_kt

_TEXTS: Final = {
    "API_ERROR": lazy_kt("Diese Anfrage ist nicht vollständig. Bitte öffnen Sie die Seite noch einmal."),
    "DISABLED_ACCOUNT": lazy_kt("Dieses Konto ist abgeschaltet. Ihre Praxisleitung kann es wieder öffnen."),
    "INVALID_PASSWORD": lazy_kt("Dieses Passwort stimmt nicht. Bitte prüfen Sie es."),
    "INVALID_REDIRECT": lazy_kt("Diese Adresse gehört nicht zu Kostenklar."),
    "PASSWORD_CHANGE": lazy_kt("Ihr neues Passwort gilt ab jetzt. An anderen Geräten sind Sie abgemeldet."),
    "PASSWORD_INVALID_LENGTH": lazy_kt("Das neue Passwort braucht mindestens {length} Zeichen."),
    "PASSWORD_IS_THE_SAME": lazy_kt("Das neue Passwort ist das bisherige. Bitte wählen Sie ein anderes."),
    "REAUTHENTICATION_REQUIRED": lazy_kt("Bitte geben Sie Ihr Passwort noch einmal ein."),
    "REAUTHENTICATION_SUCCESSFUL": lazy_kt("Danke. Sie können jetzt weitermachen."),
    "RETYPE_PASSWORD_MISMATCH": lazy_kt("Die beiden neuen Passwörter sind verschieden."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": lazy_kt("Ab jetzt fragen wir beim Anmelden auch nach dem Code."),
    "TWO_FACTOR_DISABLED": lazy_kt("Beim Anmelden genügt wieder das Passwort."),
    "TWO_FACTOR_INVALID_TOKEN": lazy_kt(
        "Dieser Code stimmt nicht oder ist schon abgelaufen. Bitte nehmen Sie den nächsten."
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": lazy_kt("Sie sind angemeldet."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": lazy_kt("Bitte wählen Sie eine der beiden Möglichkeiten."),
    "TWO_FACTOR_PERMISSION_DENIED": lazy_kt("Bitte melden Sie sich zuerst an."),
    "TWO_FACTOR_SETUP_EXPIRED": lazy_kt("Das Einrichten hat zu lange gedauert. Bitte beginnen Sie noch einmal."),
    "UNAUTHENTICATED": lazy_kt("Bitte melden Sie sich an."),
}
MESSAGES: Final = {f"SECURITY_MSG_{name}": (text, "info") for name, text in _TEXTS.items()}


class Domain:
    """Stands where Flask-Security looks for translations: our catalogue in place of Flask-Babel's."""

    def gettext(self, text: str, **facts: object) -> str:
        """Our text in the reader's language; what we never show stays English."""
        if "%(" in text:
            return text % facts
        return str(kt(str.__str__(text), **facts))

    def ngettext(self, one: str, many: str, num: int, **facts: object) -> str:
        """The same for a number of things."""
        return self.gettext(one if num == 1 else many, num=num, **facts)

    def format_list(self, words: list[str], **_style: object) -> str:
        """Words with commas between."""
        return ", ".join(words)
