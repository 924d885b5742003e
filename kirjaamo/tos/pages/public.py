"""The plan in plain language for everyone: what happens in a case of a kind, what is written, what is public, how long it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kirjaamo.tos.models import ClassRevision, NodeKind
from kirjaamo.tos.norms import Known, known
from kirjaamo.tos.outline import Place, outline
from kirjaamo.tos.pages.shown import CHOICES, PUBLICITY_TONES, retention_words, secrecy_words
from kirjaamo.tos.tree import search, tree
from kirjaamo.ui.access import page
from kirjaamo.ui.languages import Text, pick
from kirjaamo.ui.parts import Badge, Crumb, Fact, ListRow


@dataclass(frozen=True)
class PlainDocument:
    """A document type as a resident reads of it."""

    title: Text
    badge: Badge
    why_secret: Sequence[str]
    kept: str
    archiving: str
    attachment: bool


@dataclass(frozen=True)
class PlainStage:
    """A stage with what is done and written in it."""

    title: Text
    note: Text
    measures: Sequence[Text]
    documents: Sequence[PlainDocument]


@page()
def plan_public(request: HttpRequest) -> HttpResponse:
    """Show the classes that hold a process, under their main classes; `q` narrows."""
    words = request.GET.get("q", "").strip()
    whole = tree(timezone.localdate())
    shown = search(whole, words) if words else whole
    groups = []
    for top in shown:
        rows = [
            ListRow(branch.title, reverse("plan_class_public", args=[branch.slug]), meta=[branch.code])
            for branch in top.walk()
            if branch.has_process and (not words or branch.hit)
        ]
        if rows:
            groups.append((top, rows))
    values = {
        "groups": groups,
        "words": words,
        "count": sum(len(rows) for _top, rows in groups),
        "crumbs": [Crumb(_("Etusivu"), reverse("start")), Crumb(_("Näin asiat käsitellään"))],
    }
    return render(request, "tos/public.html", values)


@page()
def class_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one class in plain language; a class above others lists them."""
    code, today = slug.replace("-", " "), timezone.localdate()
    held = ClassRevision.objects.in_force(today).select_related("parent").filter(code=code).first()
    if held is None:
        raise Http404
    codes = known()
    places = outline(held, codes)
    path = _above(held)
    below = ClassRevision.objects.in_force(today).filter(parent=held.function_class_id).order_by("code")
    documents = places.documents()
    values = {
        "revision": held,
        "crumbs": [
            Crumb(_("Etusivu"), reverse("start")),
            Crumb(_("Näin asiat käsitellään"), reverse("plan_public")),
            *path,
            Crumb(held.title),
        ],
        "stages": [_stage(place, codes) for place in places.roots],
        "below": [ListRow(one.title, reverse("plan_class_public", args=[one.slug]), meta=[one.code]) for one in below],
        "summary": _summary(documents, codes),
        "facts": [
            Fact(_("Tehtäväluokka"), held.code),
            Fact(_("Voimassa alkaen"), held.valid_from),
            Fact(_("Versio"), str(held.number)),
            *([Fact(_("Lähteet"), "; ".join(held.sources))] if held.sources else []),
        ],
        "description_url": _address("catalog_entry", "luokat", held.slug),
        "ask_url": _address("ask_start"),
    }
    return render(request, "tos/public_class.html", values)


def _address(route: str, *args: str) -> str:
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def _above(held: ClassRevision) -> list[Crumb]:
    """The classes above, the highest first (one statement for each; a tree is at most four deep)."""
    path: list[Crumb] = []
    parent = held.parent_id
    while parent is not None and len(path) < 6:  # noqa: PLR2004 - deeper than any class
        above = ClassRevision.objects.in_force(timezone.localdate()).filter(function_class=parent).first()
        if above is None:
            break
        path.insert(0, Crumb(above.title, reverse("plan_class_public", args=[above.slug])))
        parent = above.parent_id
    return path


def _stage(stage: Place, codes: Known) -> PlainStage:
    below = [place for place in stage.walk() if place is not stage]
    return PlainStage(
        title=stage.node.title,
        note=stage.node.note,
        measures=[place.node.title for place in below if place.node.kind == NodeKind.MEASURE],
        documents=[_document(place, codes) for place in below if place.is_document],
    )


def _document(place: Place, codes: Known) -> PlainDocument:
    rule = place.rule
    why = [f"{pick(codes.titles.get(code, code)).text} ({codes.names.get(code, code)})" for code in rule["grounds"]]
    if why:
        why.append(secrecy_words(rule))
    archiving = {
        "archive": _("Arkistoidaan (%s).") % rule["archiving_decision"],
        "not": _("Ei arkistoida."),
        "undecided": _("Arkistoinnista ei ole vielä päätetty."),
    }[rule["archiving"]]
    return PlainDocument(
        title=place.node.title,
        badge=Badge(pick(CHOICES["publicity"][rule["publicity"]]).text, PUBLICITY_TONES[rule["publicity"]]),
        why_secret=why,
        kept=retention_words(rule, codes),
        archiving=archiving,
        attachment=place.node.kind == NodeKind.ATTACHMENT,
    )


def _summary(documents: Sequence[Place], codes: Known) -> list[str]:
    """The answers to what people ask first."""
    if not documents:
        return []
    secret = [place for place in documents if place.rule["publicity"] in {"secret", "partly_secret"}]
    told = [_shares(len(secret), len(documents))]
    if any(place.rule["publicity"] == "not_yet_public" for place in documents):
        told.append(_("Luonnos tulee julkiseksi, kun asiakirja on valmis (JulkL 6–7 §)."))
    if secret:
        told.append(_("Asianosaisena saat yleensä tiedon omasta asiastasi, vaikka asiakirja olisi salassa pidettävä (JulkL 11–12 §)."))
    times = list(dict.fromkeys(retention_words(place.rule, codes) for place in documents))
    told.append(_("Säilytys: %s.") % "; ".join(times))
    if any(place.rule["personal"] in {"special", "criminal"} for place in documents):
        told.append(_("Asiakirjoissa on arkaluonteisia henkilötietoja."))
    return told


def _shares(secret: int, documents: int) -> str:
    if secret == 0:
        return _("Valmiit asiakirjat ovat julkisia.")
    if secret == documents:
        return _("Asiakirjoissa on salassa pidettäviä tietoja. Julkiset osat annetaan pyynnöstä.")
    return _("Asiakirjalajeista %(public)s on julkisia; %(secret)s sisältää salassa pidettäviä tietoja.") % {
        "public": documents - secret,
        "secret": secret,
    }
