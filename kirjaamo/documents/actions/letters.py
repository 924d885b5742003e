"""Letters made here from a pattern: a draft whose text is kept, so that its next version begins from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kirjaamo.documents.actions.registering import Draft, compose
from kirjaamo.documents.actions.versions import add_version
from kirjaamo.documents.marking import marking
from kirjaamo.documents.models import DocumentState, LetterText
from kirjaamo.documents.patterns import letter_file
from kirjaamo.kernel.actions import action, running

if TYPE_CHECKING:
    from kirjaamo.documents.models import Document, File
    from kirjaamo.documents.patterns import Head, Written
    from kirjaamo.kernel.actors import Actor


@action("Laadi kirje", needs="documents.write")
def write_letter(draft: Draft, written: Written, head: Head, *, actor: Actor) -> Document:
    """Make a draft of a letter as a document of our own with its first version."""
    marked = marking(draft.metadata.publicity, draft.metadata.grounds, written.language)
    file = letter_file(written, head, running().at, marked)
    made = replace(draft, title=written.title, language=written.language, uploads=(file,))
    document = compose(made, author=head.author, actor=actor, state=DocumentState.DRAFT)
    _keep(document.files.get(), written)
    return document


@action("Muokkaa kirjettä", needs="documents.write")
def rewrite_letter(document: Document, written: Written, head: Head, *, on: int, actor: Actor) -> File:
    """Make the next version of a letter; `on` is the version that the person saw."""
    marked = marking(document.publicity, document.grounds, written.language)
    file = add_version(document, letter_file(written, head, running().at, marked), on=on, actor=actor)
    _keep(file, written)
    return file


def _keep(file: File, written: Written) -> None:
    LetterText.of(
        file=file, pattern=written.pattern, language=written.language, title=written.title, recipient=written.recipient, text=written.text
    )
