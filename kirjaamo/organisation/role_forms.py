"""The form by which a role is given."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.organisation.models import Unit
from kirjaamo.organisation.roles import WHOLE_AUTHORITY, Role
from kirjaamo.ui.forms import DateField
from kirjaamo.ui.languages import pick

CODE = re.compile(r"[0-9]{2}( [0-9]{2})*")


class RoleForm(forms.Form):
    """Which role, where it holds, from when and until when."""

    summary_shown = True

    role = forms.ChoiceField(label=_("Rooli"), choices=[("", _("Valitse")), *Role.choices])
    unit = forms.ChoiceField(
        label=_("Yksikkö"),
        required=False,
        help_text=_("Rooli on voimassa yksikössä ja sen alla. Koko viranomaisen rooleilla ei ole yksikköä."),
    )
    class_code = forms.CharField(
        label=_("Tehtäväluokka"), max_length=40, required=False, help_text=_("Luokan koodi, esimerkiksi 07 01 04.")
    )
    register = forms.ChoiceField(label=_("Rekisteri"), required=False, help_text=_("Rekisterin käsittelijän rooli annetaan rekisteriin."))
    since = DateField(label=_("Alkaen"))
    until = DateField(label=_("Viimeinen päivä"), required=False, help_text=_("Tyhjä: toistaiseksi. Muodossa pp.kk.vvvv."))

    def __init__(self, *args: Any, registers: list[tuple[str, Any]], **kwargs: Any) -> None:
        """Offer the units of the organisation and the registers in use."""
        super().__init__(*args, **kwargs)
        self.units = {str(one.pk): one for one in Unit.objects.all()}
        self.initial.setdefault("since", timezone.localdate().strftime("%d.%m.%Y"))
        units = [(key, pick(one.title).text) for key, one in self.units.items()]
        self.fields["unit"].choices = [("", _("Koko viranomainen")), *units]  # type: ignore[attr-defined]
        self.fields["register"].choices = [("", _("Ei rajausta")), *registers]  # type: ignore[attr-defined]

    def clean_class_code(self) -> str:
        """Refuse what is no code of a class: such a role would hold nowhere."""
        code: str = " ".join(self.cleaned_data["class_code"].split())
        if code and not CODE.fullmatch(code):
            raise forms.ValidationError(_("Kirjoita luokan koodi numeroin, esimerkiksi 07 01 04."))
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse a period that runs backward, and a role without a place where it must have one."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("Viimeinen päivä on ennen ensimmäistä."))
        placed = any(data.get(name) for name in ("unit", "class_code", "register"))
        if data.get("role") and data["role"] not in WHOLE_AUTHORITY and not placed:
            self.add_error("unit", _("Tämä rooli annetaan yksikköön, luokkaan tai rekisteriin. Valitse, missä se on voimassa."))
        return data

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit that was chosen."""
        return self.units.get(self.cleaned_data["unit"])
