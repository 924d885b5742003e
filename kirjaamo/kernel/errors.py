"""What can go wrong below every room, with a stable code and words for people."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kirjaamo.values.citations import cited


class KirjaamoError(Exception):
    """Base of the errors that a person may see.

    `code` never changes, `sentence` says what is wrong and what to do, `section` names the law when the program refuses.
    """

    code = "kernel.error"
    sentence: object = _("Toiminto ei onnistunut. Yritä hetken päästä uudelleen.")
    section = ""

    def __str__(self) -> str:
        """The sentence in the language of the reader."""
        return str(self.sentence)

    def told(self) -> str:
        """Return the sentence with the section of law behind it, both in the language of the reader.

        Several sections stand apart by semicolons; a sentence that names each of them already is left as it is.
        """
        law, sentence = cited(self.section, (get_language() or "fi")[:2]), str(self)
        return f"{sentence} ({law})" if any(one not in sentence for one in law.split("; ")) else sentence


class OutsideAction(RuntimeError):
    """A write was tried outside of an action: a defect of the program, never of its user."""

    def __str__(self) -> str:
        """Say where writes belong."""
        return "Writes belong to functions marked with @action (kirjaamo.kernel.actions)."


class NotAllowed(KirjaamoError):
    """The actor does not hold the right that the action needs."""

    code = "kernel.not_allowed"
    sentence = _("Sinulla ei ole oikeutta tähän toimintoon. Pyydä oikeutta yksikkösi pääkäyttäjältä.")

    def __init__(self, need: str, way: str = "") -> None:
        """Keep the right that was missing, and the address where one may ask for it when there is one."""
        super().__init__(need)
        self.need = need
        self.way = way


class Refused(KirjaamoError):
    """A rule refused: the sentence says which, with the section of law behind it."""

    code = "kernel.refused"

    def __init__(self, sentence: object, *, code: str, section: str = "", field: str | None = None) -> None:
        """Give the sentence in the reader's language, the stable code, the section and the field it concerns."""
        super().__init__(code)
        self.sentence = sentence
        self.code = code
        self.section = section
        self.field = field


class OutOfOrder(Refused):
    """The thing is not in the state that the act needs: the sentence says in which it is and what comes first."""

    code = "kernel.out_of_order"


class BadInput(Refused):
    """What was given is missing, unreadable or contradicts itself: the sentence says what was given and how to give it."""

    code = "kernel.bad_input"


class Conflict(KirjaamoError):
    """Someone else changed the same thing in between."""

    code = "kernel.conflict"
    sentence = _("Toinen käyttäjä ehti muuttaa samaa tietoa. Vertaa muutoksia ja tallenna uudelleen.")
