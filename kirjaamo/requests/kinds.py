"""The kinds of request: what each needs of the asker, which clock runs, and what remedy a refusal has.

The clocks themselves are dated rows of `norms` (`DeadlineTerm`), named here by code.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from kirjaamo.requests.models import RequestKind


class Remedy(StrEnum):
    """Where one turns when the answer is no."""

    ADMINISTRATIVE_COURT = "administrative_court"  # JulkL 621/1999 § 33, by way of the authority's decision (§ 14)
    OMBUDSMAN = "ombudsman"  # GDPR 12(4), 77
    NONE = "none"


@dataclass(frozen=True)
class KindFacts:
    """What the law says of a kind of request."""

    kind: RequestKind
    term: str
    longer_term: str
    needs_identity: bool
    remedy: Remedy
    law: str
    word: str
    reasons: tuple[str, ...]
    lead: Any
    promise: Any

    @property
    def adds_up(self) -> bool:
        """Whether the longer term runs on from the end of the first (GDPR 12(3)) or is counted from the same start (JulkL 14 §)."""
        return self.longer_term.startswith("gdpr")

    @property
    def data_subject(self) -> bool:
        """Whether the right is a data subject's: its refusal is complained of to the Ombudsman (GDPR 12(4))."""
        return self.remedy == Remedy.OMBUDSMAN


OPENNESS_REASONS = ("many_documents", "secret_parts", "other_comparable")  # JulkL 621/1999 § 14.4
GDPR_REASONS = ("complex", "many_requests")  # EU 2016/679 art. 12(3)
EXTENSION_REASONS: dict[str, object] = {
    "many_documents": _("Pyydettyjä asiakirjoja on paljon"),
    "secret_parts": _("Asiakirjoihin sisältyy salassa pidettäviä osia"),
    "other_comparable": _("Muu niihin rinnastettava syy vaatii erityistoimenpiteitä tai tavanomaista enemmän työtä"),
    "complex": _("Pyyntö on monimutkainen"),
    "many_requests": _("Pyyntöjä on paljon"),
}
SOCIAL_HEALTH = "social_health"


KINDS: dict[str, KindFacts] = {
    facts.kind.value: facts
    for facts in (
        KindFacts(
            RequestKind.DOCUMENT,
            term="julkl-14-ordinary",
            longer_term="julkl-14-extended",
            needs_identity=False,
            remedy=Remedy.ADMINISTRATIVE_COURT,
            law="JulkL 621/1999 9, 13, 14 §",
            word="asiakirja",
            reasons=OPENNESS_REASONS,
            lead=_("Pyydä nähtäväksi tai kopiona asiakirjaa, jota pidetään täällä. Julkista tietoa saat nimettömänä ja syytä kertomatta."),
            promise=_("Saat vastauksen niin pian kuin mahdollista, viimeistään kahdessa viikossa. Laajaan pyyntöön voi mennä kuukausi."),
        ),
        KindFacts(
            RequestKind.PARTY,
            term="julkl-14-ordinary",
            longer_term="julkl-14-extended",
            needs_identity=True,
            remedy=Remedy.ADMINISTRATIVE_COURT,
            law="JulkL 621/1999 11, 14 §",
            word="asianosainen",
            reasons=OPENNESS_REASONS,
            lead=_(
                "Asia koskee oikeuttasi, etuasi tai velvollisuuttasi. Voit saada myös muuta kuin julkista tietoa, joka vaikuttaa asiaasi."
            ),
            promise=_(
                "Saat vastauksen viimeistään kahdessa viikossa, laajaan pyyntöön kuukaudessa. Muu kuin "
                "julkinen tieto annetaan vasta, kun olet tunnistautunut."
            ),
        ),
        KindFacts(
            RequestKind.OWN_DATA,
            term="gdpr-12-3",
            longer_term="gdpr-12-3-extension",
            needs_identity=True,
            remedy=Remedy.OMBUDSMAN,
            law="EU 2016/679 15 art., 12 art. 3 kohta",
            word="omat-tiedot",
            reasons=GDPR_REASONS,
            lead=_(
                "Saat tietää, mitä tietoja sinusta käsitellään, ja niistä jäljennöksen. Pyyntö käydään "
                "läpi kaikissa rekistereissä, joissa tietojasi voi olla."
            ),
            promise=_(
                "Saat vastauksen viimeistään kuukaudessa. Jos pyyntö on monimutkainen, aikaa "
                "voidaan jatkaa perustellusti kahdella kuukaudella."
            ),
        ),
        KindFacts(
            RequestKind.RECTIFICATION,
            term="gdpr-12-3",
            longer_term="gdpr-12-3-extension",
            needs_identity=True,
            remedy=Remedy.OMBUDSMAN,
            law="EU 2016/679 16 art., 12 art. 3 kohta",
            word="oikaisu",
            reasons=GDPR_REASONS,
            lead=_(
                "Jos sinusta on kirjattu väärä tai puutteellinen tieto, pyydä sen oikaisua. Kerro, "
                "mikä tieto on väärin ja miten sen pitäisi olla."
            ),
            promise=_("Saat vastauksen viimeistään kuukaudessa."),
        ),
        KindFacts(
            RequestKind.LOG_DATA,
            term="gdpr-12-3",
            longer_term="gdpr-12-3-extension",
            needs_identity=True,
            remedy=Remedy.OMBUDSMAN,
            law="EU 2016/679 15 art.; 703/2023 11 §",
            word="lokitiedot",
            reasons=GDPR_REASONS,
            lead=_(
                "Saat tietää, milloin ja mihin tarkoitukseen tietojasi on katsottu. Työntekijän nimi kerrotaan vain, jos laki niin säätää."
            ),
            promise=_("Saat vastauksen viimeistään kuukaudessa; sosiaali- ja terveydenhuollon lokitiedoista kahdessa kuukaudessa."),
        ),
        KindFacts(
            RequestKind.COMPILED,
            term="julkl-14-ordinary",
            longer_term="julkl-14-extended",
            needs_identity=False,
            remedy=Remedy.ADMINISTRATIVE_COURT,
            law="JulkL 621/1999 21 §",
            word="koottava",
            reasons=OPENNESS_REASONS,
            lead=_(
                "Viranomainen voi koota järjestelmistään aineiston, jota ei ole valmiina. Aineiston voi antaa, "
                "jos sen voi muodostaa ja antaa salassapidon estämättä."
            ),
            promise=_(
                "Saat tiedon, voidaanko aineisto koota ja mitä se maksaa, viimeistään kahdessa "
                "viikossa. Laajaan selvitykseen voi mennä kuukausi."
            ),
        ),
        KindFacts(
            RequestKind.STAGE,
            term="julkl-14-ordinary",
            longer_term="julkl-14-extended",
            needs_identity=False,
            remedy=Remedy.NONE,
            law="Hallintolaki 434/2003 8, 23 a §",
            word="vaihe",
            reasons=OPENNESS_REASONS,
            lead=_("Kysy, missä vaiheessa vireillä oleva asia on ja milloin siihen voi odottaa ratkaisua. Neuvonta on maksutonta."),
            promise=_("Vastaus annetaan yleensä muutamassa päivässä, viimeistään kahdessa viikossa."),
        ),
    )
}

BY_WORD: dict[str, KindFacts] = {facts.word: facts for facts in KINDS.values()}
"""The kinds by the word of their address."""


def facts_of(kind: str, heading: str = "") -> KindFacts:
    """What the law says of a kind of request about a system under a heading.

    Log data of social and health care has a time of its own and no longer one. # 703/2023 § 11.1
    """
    facts = KINDS[kind]
    if facts.kind == RequestKind.LOG_DATA and heading == SOCIAL_HEALTH:
        return replace(facts, term="social-log", longer_term="", reasons=(), law="703/2023 11 §")
    return facts
