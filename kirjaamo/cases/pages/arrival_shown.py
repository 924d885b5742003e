"""How arrivals are shown: facts, files, what resembles them, and two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kirjaamo.cases.arrivals import drafts
from kirjaamo.cases.arrivals.likeness import Alike
from kirjaamo.cases.arrivals.masking import is_hidden
from kirjaamo.cases.models import Arrival, ArrivalState
from kirjaamo.cases.pages.shown import state_badge
from kirjaamo.documents.models import Way
from kirjaamo.organisation.models import User
from kirjaamo.ui.languages import pick
from kirjaamo.ui.parts import Badge, Cell, Column, Fact, ListRow, Row, Table
from kirjaamo.ui.wording import day, moment

if TYPE_CHECKING:
    from django.forms import Form

    from kirjaamo.ui.parts import Tone

STATE_TONES: dict[str, Tone] = {
    "waiting": "warning",
    "case": "success",
    "to_case": "success",
    "answered": "info",
    "not_registered": "neutral",
    "transferred": "info",
    "spam": "neutral",
}


def at(value: Any) -> str:
    """A moment in the time of the authority."""
    return moment(timezone.localtime(value)) if value else ""


def arrival_badge(state: str) -> Badge:
    """What became of an arrival."""
    return Badge(str(ArrivalState(state).label), STATE_TONES[state])


def sender_line(row: Arrival) -> str:
    """Who an arrival is from, in one line."""
    if is_hidden(row) and row.sender_email:
        return row.sender_name or _("Lähettäjä, jonka yhteystiedot ovat turvakiellon alaisia")
    if row.sender_name and row.sender_email:
        return f"{row.sender_name} <{row.sender_email}>"
    return row.sender_name or row.sender_email or _("Nimetön lähettäjä")


def facts_of(row: Arrival) -> list[Fact]:
    """What is known of an arrival before anyone reads it. A counted time tells why it is not the time of receipt."""
    facts = [
        Fact(_("Lähettäjä"), sender_line(row)),
        Fact(_("Saapumistapa"), str(Way(row.way).label) + (f" ({row.mailbox.name})" if row.mailbox else "")),
        Fact(_("Saapunut"), at(row.counts_at), explain=_outage_words(row)),
        Fact(_("Kirjattava viimeistään"), day(row.register_by), explain=_("Asiakirja kirjataan viipymättä (TiHL 25 §).")),
    ]
    if is_hidden(row):
        facts.insert(1, Fact(_("Yhteystiedot"), "•••", explain=_("Lähettäjällä on turvakielto. Yhteystiedot avataan osapuolen sivulla.")))
    else:
        facts[1:1] = [
            Fact(label, value) for label, value in ((_("Postiosoite"), row.sender_address), (_("Puhelin"), row.sender_telephone)) if value
        ]
    if row.acknowledged_at:
        facts.append(Fact(_("Kuitattu lähettäjälle"), at(row.acknowledged_at)))
    return facts


def _outage_words(row: Arrival) -> str:
    if row.outage is None:
        return ""
    told = {"sent": at(row.counts_at), "received": at(row.received_at), "what": row.outage.what}
    sentence = _(
        "Kanava oli poikki (%(what)s). Viesti lähetettiin %(sent)s ja tuli perille %(received)s: lähetysaika ratkaisee (13/2003 10 §)."
    )
    return sentence % told


def files_of(row: Arrival) -> list[ListRow]:
    """The files of an arrival; what the policy refuses is named with the reason."""
    made = []
    for file in row.files.all():
        meta = [file.media_type, _("%(size)s kt") % {"size": max(1, file.size // 1024)}]
        refused = Badge(_("Ei liity asiakirjaksi"), "danger") if file.refused else None
        text = _("Tiedostomuotoa ei oteta asiakirjaksi. Tiedosto säilyy viestissä.") if file.refused else ""
        url = reverse("arrival_file", args=[row.pk, file.pk]) if not file.refused else ""
        made.append(ListRow(file.name, url, text=text, meta=meta, badge=refused))
    return made


def alike_rows(found: Sequence[Alike], row: Arrival | None) -> list[dict[str, object]]:
    """What resembles an arrival, with the way to join the case."""
    made: list[dict[str, object]] = []
    for one in found:
        if one.case is not None:
            join = (
                f"{reverse('arrival_end', args=[row.pk])}?{urlencode({'asia': one.case.identifier})}"
                if row and not one.case.is_closed
                else ""
            )
            told = {
                "title": one.case.title,
                "name": one.case.identifier,
                "url": one.case.get_absolute_url(),
                "badge": state_badge(one.case.state),
            }
        elif one.arrival is not None:
            join = ""
            told = {
                "title": one.arrival.subject,
                "name": one.arrival.identifier,
                "url": one.arrival.get_absolute_url(),
                "badge": arrival_badge(one.arrival.state),
            }
        else:
            continue
        made.append(told | {"why": one.why, "sure": one.sure, "join": join})
    return made


def end_facts(row: Arrival) -> list[Fact]:
    """How an arrival ended: what, who, when, why."""
    facts = [
        Fact(_("Mitä tehtiin"), str(ArrivalState(row.state).label)),
        Fact(_("Milloin"), at(row.ended_at)),
        Fact(_("Kuka"), name_of(row.ended_by)),
    ]
    if row.case:
        facts.append(Fact(_("Asia"), row.case.identifier, url=row.case.get_absolute_url()))
    for label, value in (
        (_("Viranomainen"), row.transferred_to),
        (_("Lähettäjälle kerrottu"), row.sender_told),
        (_("Perustelu"), row.reason),
    ):
        if value:
            facts.append(Fact(label, value))
    return facts


def name_of(reference: str) -> str:
    """The name of who acted; of the program itself its reference."""
    kind, _sign, key = reference.partition(":")
    if kind != "user" or not key.isdecimal():
        return reference
    return User.objects.filter(pk=int(key)).values_list("name", flat=True).first() or reference


def differences(fresh: Arrival, typed: Mapping[str, Any], form: Form) -> Table:
    """Two versions of one arrival side by side: what the other person saved, and what this one typed."""
    theirs = drafts.typed_of(fresh)
    if fresh.case is not None:
        theirs |= {"title": fresh.case.title, "luokka": fresh.case.revision.code, "unit": str(fresh.case.unit_id)}
    names = [name for name in (*form.fields, "luokka") if name in theirs or name in typed]
    rows = []
    for name in dict.fromkeys(names):
        mine, other = str(typed.get(name, "")), str(theirs.get(name, ""))
        if name not in {"key", "version", "haku", "title_checked", "title_named"} and mine != other:
            label = str(form.fields[name].label) if name in form.fields else _("Tehtäväluokka")
            rows.append(Row([label, Cell(_said(form, name, other)), Cell(_said(form, name, mine))]))
    columns = (Column("what", _("Tieto")), Column("other", name_of(fresh.ended_by or fresh.edited_by)), Column("mine", _("Sinä")))
    return Table(_("Molempien tiedot"), columns, rows, empty=_("Tiedot ovat samat."))


def _said(form: Form, name: str, value: str) -> str:
    """A value as people read it: the label of a choice, else the text; an identity code is not shown."""
    if name == "personal_id":
        return "••••••" if value else ""
    choices = getattr(form.fields.get(name), "choices", None)
    if choices:
        return next((str(label) for key, label in choices if str(key) == value), value)
    return value


def unit_title(row: Arrival) -> str:
    """The unit that an arrival belongs to."""
    return pick(row.unit.title).text if row.unit else ""
