"""How an accepted thing of a page becomes catalog rows. Runs within the action that accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kirjaamo.catalog.drafting import ENTRY_KINDS, QUOTED
from kirjaamo.catalog.models import (
    DataGroup,
    Dataset,
    DraftItem,
    Entry,
    Example,
    InformationResource,
    InformationSystem,
    PersonalDataRegister,
    SearchKey,
    Statement,
    SystemOwner,
)
from kirjaamo.kernel.errors import Refused
from kirjaamo.organisation.models import ExternalBody, Unit
from kirjaamo.tos.models import ClassRevision

ACCEPTED_KINDS = ("system", "register", "resource", "dataset", "unit", "request_example")
LONGEST_SLUG = 100
INTERFACE = ("yes", "no", "partly", "unknown")


class Accepting:
    """The items of one draft and the unit that decides on what they bring."""

    def __init__(self, items: Mapping[str, DraftItem], page: str, language: str, decider: Unit) -> None:
        """Take every item of the draft by key: relations lead from one to another."""
        self.items = items
        self.page = page[:60]
        self.language = language if language in ("fi", "sv", "en") else "fi"
        self.decider = decider
        self.notes: list[str] = []

    def accept(self, item: DraftItem, choice: str) -> str:
        """Write one item; return the slug of its entry. `choice`: a slug, ``new``, or empty for what was proposed."""
        self.notes = []
        if item.kind in ENTRY_KINDS:
            entry = self._entry(item, choice)
            self._say(entry, item)
            self._relations(entry, item)
            return entry.slug
        makers = {"unit": self._unit, "dataset": self._dataset, "request_example": self._example}
        if item.kind not in makers:
            sentence = _("Kohtaa ”%(name)s” ei viedä luetteloon tuonnista: se ylläpidetään organisaatiossa tai tiedonohjaussuunnitelmassa.")
            raise Refused(sentence % {"name": item.name}, code="catalog.not_accepted_here")
        return makers[item.kind](item, choice)

    # --- entries -----------------------------------------------------------------------------------------------

    def _entry(self, item: DraftItem, choice: str) -> Entry:
        model = ENTRY_KINDS[item.kind]
        known = None if choice == "new" else self._known(model, item, choice)
        if known is not None:
            names = {*known.title.values(), *known.names}
            if item.name not in names:
                known.names = [*known.names, item.name]
                known.save(update_fields=["names"])
            return known
        facts: dict[str, Any] = {
            "slug": free_slug(item.name, model),
            "title": {self.language: item.name},
            "description": self._text(item, "description"),
            "purpose": self._text(item, "purpose"),
            "retention_note": self._text(item, "retention"),
            "decided_by": self._decider(item),
            "source": {"page": self.page, "heading": " / ".join(item.group)},
            "order": model.objects.count(),
        }
        if model is InformationSystem:
            return InformationSystem.of(**facts, heading="", users=self._text(item, "users"), open_interface=self._interface(item))
        unit = self._related_unit(item) or facts["decided_by"]
        return (PersonalDataRegister if model is PersonalDataRegister else InformationResource).of(**facts, unit=unit)

    def _known(self, model: type[Entry], item: DraftItem, choice: str) -> Entry | None:
        slug = choice or item.match_slug
        if slug:
            found = model.objects.filter(slug=slug).first()
            if found is None and choice:
                raise Refused(_("Kohdetta %(slug)s ei ole enää luettelossa.") % {"slug": slug}, code="catalog.match_gone")
            if found is not None:
                return found
        return model.objects.filter(Q(**{f"title__{self.language}": item.name}) | Q(names__contains=[item.name])).first()

    def _text(self, item: DraftItem, name: str) -> dict[str, str]:
        value = _value(item, name)
        return {self.language: value} if value else {}

    def _interface(self, item: DraftItem) -> str:
        told = _items(item, "interface")
        return told[0] if told and told[0] in INTERFACE else "unknown"

    def _decider(self, item: DraftItem) -> Unit:
        """The unit that the page names as the owner, else what the reviewer chose."""
        return self._related_unit(item) or next((unit for name in _items(item, "owner") if (unit := unit_named(name))), self.decider)

    def _related_unit(self, item: DraftItem) -> Unit | None:
        for relation in item.relations:
            if relation["kind"].startswith("unit-") and relation["target"] == item.key:
                source = self.items.get(relation["source"])
                if source is not None and source.match_slug:
                    return Unit.objects.filter(slug=source.match_slug).first()
        return None

    def _say(self, entry: Entry, item: DraftItem) -> None:
        """Keep the published words as a quotation, and bring over what the entry did not say or said as the page did."""
        kind = entry.kind
        quoted = {name: _value(item, name) for name in QUOTED}
        if any(quoted.values()):
            old = Statement.objects.filter(**{kind: entry}, page=self.page)
            old.delete()
            Statement.of(**{kind: entry}, page=self.page, heading=item.verbatim, **quoted)
        self._changed_fields(entry, item)
        for place, label in enumerate(_items(item, "keys")):
            self._key(entry, label, place)
        if isinstance(entry, InformationSystem):
            self._owners(entry, item)

    def _changed_fields(self, entry: Entry, item: DraftItem) -> None:
        """A field follows the page when it was empty or repeated the page's old words; own words are never overwritten."""
        for name, attribute in (
            ("description", "description"),
            ("purpose", "purpose"),
            ("users", "users"),
            ("retention", "retention_note"),
        ):
            new, old = _value(item, name), next((field.get("old", "") for field in item.fields if field["name"] == name), "")
            if not new or not hasattr(entry, attribute):
                continue
            texts = getattr(entry, attribute)
            if not texts.get(self.language) or texts[self.language] == old:
                setattr(entry, attribute, texts | {self.language: new})
                entry.save(update_fields=[attribute])
            elif old:
                self.notes.append(_("Kohtaa %(field)s ei muutettu, koska se on kirjoitettu omin sanoin.") % {"field": name})

    def _key(self, entry: Entry, label: str, place: int) -> None:
        kind = entry.kind
        known = SearchKey.objects.filter(**{kind: entry})
        if any(label.casefold() in (text.casefold() for text in key.label.values()) for key in known):
            return
        SearchKey.of(**{kind: entry}, kind="free_text", label={self.language: label}, origin="published", order=100 + place)

    def _owners(self, system: InformationSystem, item: DraftItem) -> None:
        if system.owners.exists():
            return
        names = _items(item, "owner")
        for order, name in enumerate(names):
            unit = unit_named(name)
            body = None if unit else ExternalBody.objects.filter(title__fi__iexact=name).first()
            if unit is None and body is None:
                self.notes.append(_("Omistajaa ”%(name)s” ei löydy yksiköistä. Lisää yksikkö ja omistaja.") % {"name": name})
                continue
            SystemOwner.of(system=system, unit=unit, external=body, joint=len(names) > 1, order=order)

    # --- relations ---------------------------------------------------------------------------------------------

    def _relations(self, entry: Entry, item: DraftItem) -> None:
        """Tie the entry to those ends of its relations that are in the catalog; the others follow when they are accepted."""
        for relation in item.relations:
            source = self._end(relation["source"], entry, item)
            target = self._end(relation["target"], entry, item)
            if isinstance(source, InformationResource | PersonalDataRegister) and isinstance(target, InformationSystem):
                source.systems.add(target)
            elif isinstance(source, InformationResource) and isinstance(target, PersonalDataRegister):
                source.registers.add(target)
            elif isinstance(source, InformationResource | InformationSystem | PersonalDataRegister) and relation["kind"].endswith("-class"):
                self._class(source, relation["target_name"])

    def _end(self, key: str, entry: Entry, item: DraftItem) -> Entry | None:
        if key == item.key:
            return entry
        other = self.items.get(key)
        model = ENTRY_KINDS.get(other.kind) if other else None
        if other is None or model is None or not other.match_slug:
            return None
        return model.objects.filter(slug=other.match_slug).first()

    def _class(self, entry: InformationResource | InformationSystem | PersonalDataRegister, code: str) -> None:
        revision = ClassRevision.objects.in_force(timezone.localdate()).filter(code=code).first()
        if revision is None:
            self.notes.append(_("Tehtäväluokkaa %(code)s ei ole suunnitelmassa.") % {"code": code})
        else:
            entry.classes.add(revision.function_class)

    # --- the other kinds ---------------------------------------------------------------------------------------

    def _unit(self, item: DraftItem, choice: str) -> str:
        known = None if choice == "new" else Unit.objects.filter(slug=choice or item.match_slug or "-").first() or unit_named(item.name)
        if known is None:
            facts = {"title": {self.language: item.name}, "tasks": self._text(item, "tasks"), "tasks_source": self._text(item, "source")}
            known = Unit.of(**facts, slug=free_slug(item.name, Unit)[:80], authority=self.decider.authority, order=Unit.objects.count())
        return known.slug

    def _dataset(self, item: DraftItem, choice: str) -> str:
        known = (
            None if choice == "new" else Dataset.objects.filter(Q(slug=choice or "-") | Q(**{f"title__{self.language}": item.name})).first()
        )
        if known is not None:
            return known.slug
        resource = self._resource_of(item)
        dataset = Dataset.of(
            slug=free_slug(item.name, Dataset), title={self.language: item.name}, description=self._text(item, "content"),
            purpose=self._text(item, "purpose"), decided_by=resource.decided_by, resource=resource,
            source={"page": self.page, "heading": " / ".join(item.group)}, order=Dataset.objects.count(),
        )  # fmt: skip
        groups = [name for field in ("content", "datasets") for name in _items(item, field)]
        DataGroup.objects.bulk_create(
            [DataGroup(dataset=dataset, title={self.language: name}, order=order) for order, name in enumerate(dict.fromkeys(groups))]
        )
        for place, label in enumerate(_items(item, "keys")):
            self._key(resource, label, place)
        for relation in item.relations:
            other = self.items.get(relation["target"])
            if other is not None and other.kind == "system" and other.match_slug:
                dataset.systems.add(*InformationSystem.objects.filter(slug=other.match_slug))
        return dataset.slug

    def _resource_of(self, item: DraftItem) -> InformationResource:
        """The resource that a dataset stands under: the page's, else one made of the heading above, marked unfinished."""
        parent = self.items.get(item.parent)
        if parent is not None and parent.kind == "resource" and parent.match_slug:
            return InformationResource.objects.get(slug=parent.match_slug)
        title = item.group[-1] if item.group else self.page
        known = InformationResource.objects.filter(**{f"title__{self.language}": title}).first()
        return known or InformationResource.of(
            slug=free_slug(title, InformationResource), title={self.language: title}, decided_by=self.decider, unit=self.decider, stub=True,
            stub_reason={"fi": _("Muodostettu tuodun sivun otsikosta.")}, order=InformationResource.objects.count(),
            source={"page": self.page},
        )  # fmt: skip

    def _example(self, item: DraftItem, choice: str) -> str:
        del choice
        ends = [self._end(relation["target"], None, item) for relation in item.relations if relation["source"] == item.key]  # type: ignore[arg-type]
        resource = next((end for end in ends if isinstance(end, InformationResource)), None)
        system = next((end for end in ends if isinstance(end, InformationSystem)), None)
        if resource is None or system is None:
            raise Refused(
                _("Esimerkin ”%(name)s” tietovaranto tai tietojärjestelmä ei ole luettelossa. Hyväksy ne ensin.") % {"name": item.name},
                code="catalog.example_incomplete",
            )
        known = Example.objects.filter(**{f"title__{self.language}": item.name}).first()
        if known is not None:
            return known.slug
        keys = [{"label": {self.language: label}, "kind": "free_text", "origin": "published"} for label in _items(item, "keys")]
        register = next((end for end in ends if isinstance(end, PersonalDataRegister)), None)
        return Example.of(
            slug=free_slug(item.name, Example), title={self.language: item.name}, resource=resource, system=system, register=register,
            keys=keys, source={"page": self.page},
        ).slug  # fmt: skip


def _value(item: DraftItem, name: str) -> str:
    return "\n".join(field["value"] for field in item.fields if field["name"] == name)


def _items(item: DraftItem, name: str) -> list[str]:
    return [one for field in item.fields if field["name"] == name for one in field["items"]]


def unit_named(name: str) -> Unit | None:
    """The unit of a name as pages write it: the whole, or the last part of ``Office, department``."""
    parts = [name, *(part.strip() for part in reversed(name.split(",")))]
    for part in parts:
        found = Unit.objects.filter(
            Q(title__fi__iexact=part) | Q(title__sv__iexact=part) | Q(title__en__iexact=part) | Q(short__iexact=part)
        ).first()
        if found is not None:
            return found
    return None


def free_slug(name: str, model: type[Entry | Unit | Example]) -> str:
    """An address of our own for a name, with a number when it is taken."""
    start = slugify(name)[: LONGEST_SLUG - 4].strip("-") or "nimeton"
    taken = set(model.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    if start not in taken:
        return start
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{start}-{number}") not in taken)
