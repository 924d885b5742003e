"""The form by which a person chooses when e-mail tells of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kirjaamo.notices.actions import mail_time
from kirjaamo.notices.models import MailTime, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kirjaamo.organisation.models import User


class MailTimesForm(forms.Form):
    """The address, and for each kind of notice: at once, once a day, or not by e-mail. Its page shows the errors at the top."""

    summary_shown = True

    email = forms.EmailField(label=_("Työsähköposti"), required=False, help_text=_("Jätä tyhjäksi, jos et halua sähköpostia."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"email": user.email}
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=MailTime.choices, initial=mail_time(user, kind).value)

    def times(self) -> Mapping[NoticeKind, MailTime]:
        """What was chosen."""
        return {kind: MailTime(self.cleaned_data[kind.value]) for kind in NoticeKind}
