"""The forms of the registry office: registering an arrival on one screen, and its other ends."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.arrivals import titles
from kirjaamo.cases.forms import PLAN, TIMES, Act, Line, Lines, ManyFiles, NewCaseForm, SealedFields, offer
from kirjaamo.cases.models import Arrival, ArrivalState, Case
from kirjaamo.cases.reading import by_address, identifiers_in
from kirjaamo.documents.models import Way
from kirjaamo.ui.forms import DateField, FileField
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from django.db.models import Q

    from kirjaamo.organisation.models import Unit
    from kirjaamo.tos.models import ClassRevision

_HEADER = re.compile(rb"^(?:from|date|message-id|received|return-path)[ \t]*:", re.IGNORECASE | re.MULTILINE)


class RegisterForm(NewCaseForm):
    """Everything of one registration. With an arrival of the queue its way and time are known and not asked."""

    haku = Line(
        label=_("Tehtäväluokka"),
        max_length=200,
        required=False,
        help_text=_("Numero tai arkikielen sanoja, esimerkiksi 07 01 04 tai tietopyyntö."),
    )
    agent = Line(label=_("Asiamies"), max_length=200, required=False, help_text=_("Vain jos joku asioi lähettäjän puolesta (TiHL 26 §)."))
    title_named = forms.BooleanField(label=_("Nimi saa olla nimikkeessä: se ei paljasta salassa pidettävää"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    unit_rows: Mapping[str, Unit]
    sent_version = 0

    def __init__(self, *args: Any, revision: ClassRevision | None, arrival: Arrival | None = None, **kwargs: Any) -> None:
        super().__init__(*args, revision=revision, **kwargs)
        self.arrival, self.revision = arrival, revision
        self.secrecy = titles.secrecy_of(self.nodes, str(self.data.get("publicity", "")))
        self.fields["uploads"].label = _("Lisää asiakirjoja") if arrival else _("Asiakirjat")
        if arrival is not None:
            for name in ("way", "arrived_on", "arrived_time"):
                del self.fields[name]
        if not (self.is_bound and self._names(str(self.data.get("title", "")))):
            self.fields["title_named"].widget = forms.HiddenInput()
        if revision is not None:
            self.initial.setdefault("title_open", "no" if self.secrecy == Publicity.SECRET.value else "yes")
            self.initial.setdefault("publicity", PLAN if self.types else "")

    def _names(self, title: str) -> list[str]:
        """Names in a title that may not have them: in a secret matter never, in a partly secret one not in the public register."""
        open_title = self.data.get("title_open") == "yes"
        if self.secrecy == Publicity.SECRET.value or (self.secrecy and open_title):
            return titles.names_in(title, [str(self.data.get(name, "")) for name in ("sender", "agent")])
        return []

    def clean_title(self) -> str:
        """No name beside a secret class: the class alone tells what a named person's matter is (JulkL 621/1999 § 24.1)."""
        title = super().clean_title()
        found = self._names(title)
        if found and not self.data.get("title_named"):
            told = ", ".join(found)
            raise forms.ValidationError(
                _("Nimikkeessä näyttää olevan nimi (%(names)s), ja luokan asiat ovat salassa pidettäviä. Poista nimi, tai vahvista alla.")
                % {"names": told}
            )
        return title

    def clean(self) -> dict[str, Any]:
        """Without a class nothing else can be judged."""
        if self.revision is None:
            self.add_error("haku", _("Valitse tehtäväluokka listasta tai kirjoita sen numero."))
        return super().clean()

    def moment(self, day: str, time: str) -> dt.datetime | None:
        """The time of arrival that counts: the queue's own, or what was typed."""
        if self.arrival is not None and day == "arrived_on":
            return self.arrival.counts_at
        return super().moment(day, time)


ENDS = (
    (ArrivalState.TO_CASE.value, _("Liitetään vireillä olevaan asiaan")),
    (ArrivalState.ANSWERED.value, _("Vastattu heti")),
    (ArrivalState.TRANSFERRED.value, _("Siirretään toiselle viranomaiselle")),
    (ArrivalState.NOT_REGISTERED.value, _("Ei kirjata")),
    (ArrivalState.SPAM.value, _("Roskapostia")),
)


class EndForm(SealedFields):
    """How an arrival ends otherwise than as a new case."""

    how = forms.ChoiceField(label=_("Mitä saapuneelle tehdään?"), choices=ENDS, widget=forms.RadioSelect)
    case = Line(label=_("Asiatunnus"), max_length=80, required=False, help_text=_("Kun saapunut liitetään asiaan."))
    transferred_to = Line(
        label=_("Viranomainen, jolle siirretään"), max_length=300, required=False, help_text=_("Toimivaltainen viranomainen (HL 21 §).")
    )
    sender_told = Line(
        label=_("Miten lähettäjä sai tiedon siirrosta?"),
        max_length=300,
        required=False,
        help_text=_("Esimerkiksi: sähköpostilla 27.11.2026. Siirrosta on kerrottava lähettäjälle (HL 21 §)."),
    )
    reason = Lines(
        label=_("Perustelu"),
        max_length=2000,
        required=False,
        help_text=_("Mitä vastattiin, tai miksi saapunutta ei kirjata. Näkyy vain työtilassa."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("how", "case", "opens_on", "opens_time")

    def __init__(self, *args: Any, condition: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._condition = condition
        self.fields["opens_on"].help_text = _("Vain kun asiaan liitetään tarjous tai muu määrättynä aikana avattava (JulkL 7 §).")
        self.found: Case | None = None

    def clean_case(self) -> str:
        """The case of an identifier, however it is typed."""
        typed: str = self.cleaned_data["case"]
        if typed and self.data.get("how") == ArrivalState.TO_CASE.value:
            self.found = by_address(typed, self._condition)
            if self.found is None:
                known = identifiers_in(typed)
                sentence = _("Asiaa %(identifier)s ei ole.") if known else _("Asiatunnusta ei tunnistettu. Kirjoita se kokonaan.")
                raise forms.ValidationError(sentence % {"identifier": known[0]} if known else sentence)
        return typed

    def clean(self) -> dict[str, Any]:
        """Each end has what the law wants to know of it."""
        data = super().clean() or self.cleaned_data
        how = data.get("how")
        wanted: dict[str, Sequence[tuple[str, object]]] = {
            ArrivalState.TO_CASE.value: [("case", _("Kirjoita sen asian asiatunnus, johon saapunut liitetään."))],
            ArrivalState.TRANSFERRED.value: [
                ("transferred_to", _("Kirjoita, mille viranomaiselle asiakirja siirretään (HL 21 §).")),
                ("sender_told", _("Kirjoita, miten lähettäjä sai tiedon siirrosta (HL 21 §).")),
            ],
            ArrivalState.ANSWERED.value: [("reason", _("Kirjoita lyhyesti, mitä vastattiin."))],
            ArrivalState.NOT_REGISTERED.value: [("reason", _("Kirjoita, miksi saapunutta ei kirjata (TiHL 25 §)."))],
        }
        for name, sentence in wanted.get(how or "", ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, str(sentence))
        if how == ArrivalState.TO_CASE.value:
            self.check_opening()
        return data


class Messages(FileField):
    """Files of messages; what is no message at all is refused by what its bytes are."""

    widget = ManyFiles

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=settings.UPLOAD_LIMIT_MB * 1024 * 1024, endings=["eml"], **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """The bytes of each message."""
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if not given:
            super().clean(None, initial)
        return [self._message(super(Messages, self).clean(one, initial)) for one in given]

    @staticmethod
    def _message(file: UploadedFile[Any]) -> bytes:
        data = bytes(file.read())
        if not _HEADER.search(data[:20_000]):
            raise forms.ValidationError(_("%(name)s ei ole sähköpostiviesti.") % {"name": file.name})
        return data


class DropForm(Act):
    """Messages that were saved as files and are dropped into the queue."""

    messages = Messages(label=_("Viestit tiedostoina (.eml)"))


class RouteForm(Act):
    """Which unit an arrival belongs to."""

    unit = forms.ChoiceField(label=_("Yksikkö"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Sequence[tuple[str, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("Kirjaamo")), *units])


class OutageForm(Act):
    """When a channel was down."""

    way = forms.ChoiceField(
        label=_("Viestintäkanava"), choices=[(way.value, way.label) for way in (Way.EMAIL, Way.SECURE_MAIL, Way.E_SERVICE)]
    )
    began_on = DateField(label=_("Alkoi"))
    began_time = forms.TimeField(label=_("Kellonaika"), input_formats=TIMES, widget=forms.TimeInput(format="%H.%M"))
    ended_on = DateField(label=_("Päättyi"), required=False, help_text=_("Jätä tyhjäksi, jos katko jatkuu."))
    ended_time = forms.TimeField(label=_("Kellonaika"), input_formats=TIMES, required=False, widget=forms.TimeInput(format="%H.%M"))
    what = Line(label=_("Mitä tapahtui?"), max_length=300)
    instead = Line(label=_("Korvaava asiointitapa"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Time runs forward, and what has not happened is not noted."""
        data = super().clean() or self.cleaned_data
        began, ended = self.moment("began_on", "began_time"), self.moment("ended_on", "ended_time")
        if began and began > timezone.now():
            self.add_error("began_on", _("Katko ei voi alkaa tulevaisuudessa."))
        if began and ended and ended <= began:
            self.add_error("ended_on", _("Katko ei voi päättyä ennen kuin se alkaa."))
        if ended and ended > timezone.now():
            self.add_error("ended_on", _("Katko ei voi päättyä tulevaisuudessa. Jätä päättyminen tyhjäksi, jos katko jatkuu."))
        return data


class OutageEndForm(Act):
    """When an outage ended."""

    ended_on = DateField(label=_("Päättyi"))
    ended_time = forms.TimeField(label=_("Kellonaika"), input_formats=TIMES, widget=forms.TimeInput(format="%H.%M"))

    def clean(self) -> dict[str, Any]:
        """What has not happened is not noted."""
        data = super().clean() or self.cleaned_data
        ended = self.moment("ended_on", "ended_time")
        if ended and ended > timezone.now():
            self.add_error("ended_on", _("Katko ei voi päättyä tulevaisuudessa."))
        return data
