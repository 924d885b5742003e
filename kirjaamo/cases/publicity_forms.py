"""The forms of publicity: a time of opening, a judgement of harm, what a party does not get, and what it is given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.cases.forms import TIMES, Act, Line, Lines, Uploads, offer
from kirjaamo.cases.paper_forms import SENDING_WAYS
from kirjaamo.cases.publicity.actions import Masked
from kirjaamo.documents.models import Way
from kirjaamo.ui.forms import DateField
from kirjaamo.ui.languages import pick
from kirjaamo.values.openness import Harm, PartyException
from kirjaamo.values.publicity import Publicity

if TYPE_CHECKING:
    from kirjaamo.cases.publicity.party import Seen
    from kirjaamo.documents.models import Document


class OpeningForm(Act):
    """The set time at which an arrived document is opened."""

    on = DateField(label=_("Avaamispäivä"))
    time = forms.TimeField(label=_("Kellonaika"), input_formats=TIMES, widget=forms.TimeInput(format="%H.%M"))
    reason = Line(label=_("Mihin aika perustuu?"), max_length=300, help_text=_("Esimerkiksi tarjouspyynnön kohta."))


class JudgeForm(Act):
    """Whether giving a document causes the harm that its ground speaks of, for whom that was weighed, and why."""

    harm = forms.ChoiceField(label=_("Aiheutuuko antamisesta haittaa?"), widget=forms.RadioSelect)
    requester = Line(label=_("Kuka asiakirjaa pyytää?"), max_length=300, help_text=_("Tietopyynnön asiatunnus tai pyytäjän nimi."))
    reason = Lines(label=_("Perustelu"), max_length=5000, help_text=_("Mikä etu suojataan ja miksi tieto vaarantaa sen tai ei vaaranna."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "harm", [(one.value, pick(one.label.as_dict()).text) for one in (Harm.NONE, Harm.FOUND)])


class WithholdForm(Act):
    """Which exceptions keep a document from the parties, and why (JulkL 621/1999 § 11.2)."""

    exceptions = forms.MultipleChoiceField(
        label=_("Miksi asianosainen ei saa asiakirjaa?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Jätä kaikki tyhjäksi, jos asianosainen saa asiakirjan."),
    )
    reason = Lines(label=_("Perustelu"), max_length=2000)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        kwargs["initial"] = {"exceptions": document.withheld}
        super().__init__(*args, **kwargs)
        offer(self, "exceptions", [(one.value, pick(one.label.as_dict()).text) for one in PartyException])


class MaskForm(Act):
    """A masked copy: the file, the words that must not be found in it, whom it is for, and why the rest is masked."""

    title = Line(label=_("Kappaleen nimi"), max_length=300, help_text=_("Nimi voi tulla julkiseksi: ei salassa pidettävää."))
    uploads = Uploads(label=_("Peitetty kappale (PDF)"))
    words = Lines(
        label=_("Mitkä tekstit on peitetty?"),
        max_length=5000,
        help_text=_("Yksi riviä kohti. Ohjelma tarkistaa, ettei niitä voi lukea tiedostosta peitteen alta. Tekstejä ei tallenneta."),
    )
    readers = forms.ChoiceField(
        label=_("Kuka kappaleen saa?"),
        widget=forms.RadioSelect,
        choices=(("all", _("Kuka tahansa: siinä on vain julkista")), ("party", _("Vain asianosaiset: siinä on yhä salassa pidettävää"))),
    )
    reason = Line(label=_("Miksi muu on peitetty?"), max_length=300)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": "" if document.publicity == Publicity.SECRET.value else document.title}
        super().__init__(*args, **kwargs)
        self.fields["uploads"].widget.allow_multiple_selected = False
        self.fields["uploads"].help_text = _("PDF, josta peitettävä teksti on poistettu eikä vain piilotettu.")
        if not document.grounds:
            del self.fields["readers"]

    def masked(self) -> Masked:
        """What was told."""
        data = self.cleaned_data
        words = [line.strip() for line in data["words"].splitlines() if line.strip()]
        return Masked(data["title"], data["uploads"][0], words, data.get("readers", "all") == "all", data["reason"])


class AccessForm(Act):
    """Which documents are given to the party, how the letter goes, and why the rest is not given."""

    chosen = forms.MultipleChoiceField(label=_("Annettavat asiakirjat"), required=False, widget=forms.CheckboxSelectMultiple)
    way = forms.ChoiceField(label=_("Antamistapa"), choices=[(way.value, way.label) for way in SENDING_WAYS])
    reason = Lines(label=_("Miksi osaa ei anneta?"), max_length=5000, required=False)

    def __init__(self, *args: Any, seen: Sequence[Seen], before: Collection[int], **kwargs: Any) -> None:
        """`before`: the documents that the party has been given already; they are offered, and not chosen by themselves."""
        given = [one for one in seen if one.copied]
        chosen = [str(one.document.pk) for one in given if one.document.pk not in before]
        kwargs["initial"] = {"chosen": chosen, "way": Way.SECURE_MAIL.value}
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        if given:
            offer(self, "chosen", [(str(one.document.pk), f"{one.document.title} ({one.document.identifier})") for one in given])
        else:
            del self.fields["chosen"]
        if all(one.for_party.whole for one in seen):
            del self.fields["reason"]
