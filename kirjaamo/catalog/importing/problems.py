"""Why a page could not be read at all: one stable code, one sentence and one remedy in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ProblemText:
    """What is wrong and what to do, side by side in Finnish, Swedish and English."""

    fi: str
    sv: str
    en: str


PROBLEMS: Final[dict[str, ProblemText]] = {
    "empty": ProblemText(
        "Tiedosto {name} on tyhjä. Tallenna sivu uudelleen ja anna tallennettu tiedosto.",
        "Filen {name} är tom. Spara sidan på nytt och ange den sparade filen.",
        "The file {name} is empty. Save the page again and give the saved file.",
    ),
    "only_whitespace": ProblemText(
        "Tiedostossa {name} on vain tyhjää. Tarkista, että sivun teksti tallentui mukaan.",
        "Filen {name} innehåller bara tomrum. Kontrollera att sidans text följde med.",
        "The file {name} holds only white space. Check that the text of the page was saved.",
    ),
    "too_large": ProblemText(
        "Tiedosto {name} on liian suuri ({size} Mt, enintään {limit} Mt). Anna yksi sivu kerrallaan.",
        "Filen {name} är för stor ({size} MB, högst {limit} MB). Ange en sida åt gången.",
        "The file {name} is too large ({size} MB, at most {limit} MB). Give one page at a time.",
    ),
    "binary": ProblemText(
        "Tiedosto {name} ei ole tekstiä vaan {what}. Tallenna sivu tekstinä tai HTML-tiedostona ja anna se.",
        "Filen {name} är inte text utan {what}. Spara sidan som text eller HTML och ange den filen.",
        "The file {name} is not text but {what}. Save the page as text or HTML and give that file.",
    ),
    "nul_bytes": ProblemText(
        "Tiedostossa {name} on nollatavuja, joten se ei ole tekstiä. Tallenna sivu UTF-8-tekstinä.",
        "Filen {name} innehåller nollbyte och är därför inte text. Spara sidan som UTF-8-text.",
        "The file {name} holds NUL bytes, so it is not text. Save the page as UTF-8 text.",
    ),
    "undecodable": ProblemText(
        "Tiedoston {name} merkistöä ei tunnisteta ({what}). Tallenna sivu UTF-8-muodossa.",
        "Teckenkodningen i filen {name} känns inte igen ({what}). Spara sidan som UTF-8.",
        "The character encoding of {name} is not recognised ({what}). Save the page as UTF-8.",
    ),
    "broken_html": ProblemText(
        "Tiedoston {name} HTML-rakennetta ei voi lukea ({what}). Avaa sivu selaimessa ja tallenna se tekstinä.",
        "HTML-strukturen i filen {name} kan inte läsas ({what}). Öppna sidan i webbläsaren och spara den som text.",
        "The HTML of {name} cannot be read ({what}). Open the page in a browser and save it as text.",
    ),
}


class PageProblem(Exception):
    """A page that cannot be read. ``code`` is stable; ``fi``, ``sv`` and ``en`` are whole sentences for people."""

    def __init__(self, code: str, **params: str) -> None:
        text = PROBLEMS[code]
        self.code = code
        self.params = params
        self.fi = text.fi.format(**params)
        self.sv = text.sv.format(**params)
        self.en = text.en.format(**params)
        super().__init__(f"{code}: {self.fi}")
