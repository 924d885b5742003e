"""Contact facts in running text, each with its kind: postal address, telephone with hours, secure mail with sign-ins."""

# ruff: noqa: PLR2004 - lengths and shares that tell one shape from another stand where they are used

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from kirjaamo.catalog.importing import vocabulary as words
from kirjaamo.catalog.importing.blocks import label_of
from kirjaamo.catalog.importing.lines import Line, clean
from kirjaamo.catalog.importing.names import sentences, tidy

ContactType = Literal["postal", "visiting", "letterbox", "opening_hours", "telephone", "email", "secure_mail", "e_service", "web"]
_POSTAL_LABEL: Final = re.compile(
    r"(postiosoit|postadress|postal address|kirjalli|skriftlig|written|postitse|per post|by mail)", re.IGNORECASE
)


@dataclass(frozen=True)
class Contact:
    """One contact fact: its kind, its value, the lines, and further facts such as hours or sign-ins."""

    type: ContactType
    value: str
    lines: tuple[int, ...]
    more: dict[str, str] = field(default_factory=dict)


def contacts_in(lines: Sequence[Line]) -> list[Contact]:
    """Contacts of one paragraph or list item. Lines of a postal address may stand one under the other."""
    found: list[Contact] = []
    postal, rest = _postal_lines(lines)
    if postal:
        found.append(postal)
    for line in rest:
        for sentence in sentences(clean(line.text)):
            found += _in_sentence(sentence, line)
    return _sign_ins(found, lines)


def _postal_lines(lines: Sequence[Line]) -> tuple[Contact | None, list[Line]]:
    """An address written over several lines that ends with a postal code, and the lines that are not part of it."""
    ends = [at for at, line in enumerate(lines) if _ends_address(clean(line.text))]
    if not ends or not ends[0]:
        return None, list(lines)
    end = start = ends[0]
    while start > 0 and not clean(lines[start - 1].text).endswith(".") and "@" not in lines[start - 1].text:
        start -= 1
    block = list(lines[start : end + 1])
    parts = [clean(line.text) for line in block]
    label = label_of(parts[0])
    if label:
        parts[0] = label[1]
    value = ", ".join(part for part in parts if part)
    more = {"label": label[0]} if label else {}
    numbers = tuple(line.number for line in block)
    return Contact("postal", value, numbers, more), [line for line in lines if line.number not in numbers]


def _ends_address(text: str) -> bool:
    """A line of an address that holds the postal code: the code first, or a box or a street before it."""
    if words.POSTCODE.match(text):
        return True
    opens = words.POSTAL_BOX.match(text) or words.STREET.match(text)
    return bool(opens) and len(text) <= 80 and bool(words.POSTCODE.search(text))


def _in_sentence(sentence: str, line: Line) -> list[Contact]:
    numbers = (line.number,)
    found: list[Contact] = []
    mails = [mail.rstrip(".") for mail in words.EMAIL.findall(sentence)]
    pages = [page.rstrip(".,;") for page in words.ADDRESS_OF_PAGE.findall(sentence)]
    pages += [
        link.address for link in line.links if link.address.startswith("http") and link.address not in pages and link.text in sentence
    ]
    if words.SECURE_MAIL.search(sentence) and (mails or pages):
        more = {"address": mails[0]} if mails and pages else {}
        return [Contact("secure_mail", pages[0] if pages else mails[0], numbers, more)]
    found += [Contact("email", mail, numbers) for mail in mails]
    found += [Contact("e_service" if words.E_SERVICE.search(sentence) else "web", page, numbers) for page in pages]
    hours = words.HOURS.search(sentence)
    phones = [tidy(number) for number in words.PHONE.findall(sentence)]
    for number in phones:
        found.append(Contact("telephone", number, numbers, {"hours": tidy(hours.group(1))} if hours else {}))
    if hours and not phones and words.OPEN.search(sentence):
        found.append(Contact("opening_hours", tidy(hours.group(1)), numbers))
    return found + _addresses(sentence, numbers)


def _addresses(sentence: str, numbers: tuple[int, ...]) -> list[Contact]:
    """Postal and street addresses written on one line."""
    street = words.STREET.search(sentence)
    if words.LETTERBOX.search(sentence):
        return [Contact("letterbox", street.group(1) if street else tidy(sentence), numbers)]
    if words.POSTAL_BOX.search(sentence) or _POSTAL_LABEL.search(sentence):
        postcode = words.POSTCODE.search(sentence)
        if not postcode:
            return []
        label = label_of(sentence)
        text = label[1] if label else sentence
        return [Contact("postal", tidy(text), numbers, {"label": label[0]} if label else {})]
    if not street:
        return []
    postcode = words.POSTCODE.search(sentence, street.end())
    value = f"{street.group(1)}, {postcode.group(1)} {postcode.group(2)}" if postcode else street.group(1)
    return [Contact("visiting" if words.VISITING.search(sentence) else "postal", value, numbers)] if postcode else []


def _sign_ins(found: list[Contact], lines: Sequence[Line]) -> list[Contact]:
    """The ways to sign in that the paragraph names belong to its secure mail or e-service."""
    text = " ".join(clean(line.text) for line in lines)
    ways = [code for code, pattern in words.SIGN_INS if pattern.search(text)]
    if not ways:
        return found
    kinds = {contact.type for contact in found}
    wanted = "secure_mail" if "secure_mail" in kinds else "e_service"
    numbers = tuple(line.number for line in lines)
    return [
        Contact(one.type, one.value, numbers, {**one.more, "sign_ins": ", ".join(ways)}) if one.type == wanted else one for one in found
    ]
