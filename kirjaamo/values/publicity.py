"""Publicity, personal data and the kinds of secrecy ground: stable codes, official codes, names.

Rules compare members, never names. Official codes are those of JHS 191, where it has one.
"""

from __future__ import annotations

from enum import StrEnum

from kirjaamo.values.language import Text3
from kirjaamo.values.problems import ValueProblem


class Publicity(StrEnum):
    """Publicity class (julkisuusluokka) of a document or a field."""

    PUBLIC = "public"
    PARTLY_SECRET = "partly_secret"  # noqa: S105 - a class of publicity
    SECRET = "secret"  # noqa: S105 - as above
    NOT_YET_PUBLIC = "not_yet_public"

    @property
    def official_code(self) -> str:
        """Code of JHS 191."""
        return _PUBLICITY_CODES[self]

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _PUBLICITY_LABELS[self]

    @property
    def needs_ground(self) -> bool:
        """Whether a ground for secrecy and an end rule must be named."""
        return self in {Publicity.PARTLY_SECRET, Publicity.SECRET}

    @classmethod
    def from_official_code(cls, code: str) -> Publicity:
        """Read a JHS 191 code; raises `publicity.code` for another."""
        for member, official in _PUBLICITY_CODES.items():
            if official == code:
                return member
        raise ValueProblem("publicity.code")


_PUBLICITY_CODES = {
    Publicity.PUBLIC: "1",
    Publicity.PARTLY_SECRET: "2",
    Publicity.SECRET: "3",
    Publicity.NOT_YET_PUBLIC: "4",
}
_PUBLICITY_LABELS = {
    Publicity.PUBLIC: Text3("Julkinen", "Offentlig", "Public"),
    Publicity.PARTLY_SECRET: Text3("Osittain salassa pidettävä", "Delvis sekretessbelagd", "Partly secret"),
    Publicity.SECRET: Text3("Salassa pidettävä", "Sekretessbelagd", "Secret"),
    Publicity.NOT_YET_PUBLIC: Text3("Ei vielä julkinen", "Ännu inte offentlig", "Not yet public"),
}


class PersonalData(StrEnum):
    """Nature of the personal data (henkilötietoluonne) in a document or a field."""

    NONE = "none"
    CONTAINS = "contains"
    SPECIAL = "special"
    CRIMINAL = "criminal"

    @property
    def official_code(self) -> str:
        """Code of JHS 191, which has one code for all sensitive data."""
        return _PERSONAL_CODES[self]

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _PERSONAL_LABELS[self]

    @classmethod
    def from_official_code(cls, code: str) -> PersonalData:
        """Read a JHS 191 code; sensitive is read as special categories."""
        for member, official in _PERSONAL_CODES.items():
            if official == code:
                return member
        raise ValueProblem("publicity.code")


_PERSONAL_CODES = {
    PersonalData.NONE: "1",
    PersonalData.CONTAINS: "2",
    PersonalData.SPECIAL: "3",
    PersonalData.CRIMINAL: "3",
}
_PERSONAL_LABELS = {
    PersonalData.NONE: Text3("Ei sisällä henkilötietoja", "Innehåller inte personuppgifter", "Contains no personal data"),
    PersonalData.CONTAINS: Text3("Sisältää henkilötietoja", "Innehåller personuppgifter", "Contains personal data"),
    PersonalData.SPECIAL: Text3(
        "Sisältää erityisiä henkilötietoja",
        "Innehåller särskilda kategorier av personuppgifter",
        "Contains special categories of personal data",
    ),
    PersonalData.CRIMINAL: Text3(
        "Sisältää rikoksiin tai rikkomuksiin liittyviä henkilötietoja",
        "Innehåller personuppgifter som rör brott eller förseelser",
        "Contains personal data on offences",
    ),
}


class ClauseType(StrEnum):
    """How a ground for secrecy is applied (JulkL 621/1999 § 17)."""

    ABSOLUTE = "absolute"
    HARM_TEST = "harm_test"
    SECRECY_PRESUMPTION = "secrecy_presumption"

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _CLAUSE_LABELS[self]


_CLAUSE_LABELS = {
    ClauseType.ABSOLUTE: Text3("Ehdoton", "Absolut", "Absolute"),
    ClauseType.HARM_TEST: Text3(
        "Julkisuusolettama: salainen, jos tiedon antamisesta aiheutuu haittaa",
        "Presumtion för offentlighet: sekretess om utlämnandet medför skada",
        "Presumption of publicity: secret if giving it causes harm",
    ),
    ClauseType.SECRECY_PRESUMPTION: Text3(
        "Salassapito-olettama: salainen, jollei ole ilmeistä, ettei haittaa aiheudu",
        "Presumtion för sekretess: sekretess om det inte är uppenbart att ingen skada uppstår",
        "Presumption of secrecy: secret unless it is obvious that no harm follows",
    ),
}


class EndKind(StrEnum):
    """How secrecy ends."""

    YEARS = "years"
    EVENT = "event"
    FROM_DEATH = "from_death"
    PERMANENT = "permanent"

    @property
    def label(self) -> Text3:
        """Name in three languages."""
        return _END_LABELS[self]


_END_LABELS = {
    EndKind.YEARS: Text3("Vuosia asiakirjan päivästä", "År från handlingens datum", "Years from the document's date"),
    EndKind.EVENT: Text3("Tapahtumaan saakka", "Till en händelse", "Until an event"),
    EndKind.FROM_DEATH: Text3("Vuosia henkilön kuolemasta", "År från personens död", "Years from the person's death"),
    EndKind.PERMANENT: Text3("Pysyvästi", "Permanent", "Permanently"),
}
