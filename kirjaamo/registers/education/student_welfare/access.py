"""Who may see what of a client: a relation in force opens the narrative, and nothing else does.

- A worker of a register sees the clients that they have a relation to, and those that wait for someone to take them.
- The responsible person of the registers sees that a client is there and who handles it, to give relations and to have requests
  answered; never an entry, an assessment or a log without a relation of their own, which has its reason and its end.
- Nobody else sees a row. Administrators, operators and registrars hold none of the rights below.

# 703/2023 §§ 8–9; 1287/2013 §§ 19–22
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.kernel.actors import Machine
from kirjaamo.kernel.errors import NotAllowed, Refused
from kirjaamo.organisation.models import User
from kirjaamo.registers.education.student_welfare.bases import (
    ClientBase,
    ContactBase,
    RelationBase,
)
from kirjaamo.registers.education.student_welfare.choices import ClientState
from kirjaamo.ui import wording

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from kirjaamo.contract.record import Record
    from kirjaamo.kernel.actors import Actor

WORK, LEAD = "student_welfare.work", "student_welfare.lead"
RELATION_LAW = "703/2023 9 §"
INDEX = (ClientBase, ContactBase, RelationBase)
"""What the responsible person sees of every client."""


def client_model(model: type[Record]) -> type[ClientBase]:
    """The client model of the register that a row belongs to."""
    return model.register.models[0]  # type: ignore[return-value]


def own_clients(model: type[Record], actor: Actor) -> QuerySet[Any]:
    """The keys of the clients to whom an actor has a relation in force today, in the register of the model."""
    today = timezone.localdate()
    told: Any = client_model(model)
    in_force = Q(valid_to=None) | Q(valid_to__gte=today)
    relations: Any = told._meta.get_field("relations").related_model
    rows: QuerySet[Any] = relations._default_manager.filter(
        in_force & _consented(relations, today), worker=getattr(actor, "pk", None) or 0, valid_from__lte=today, voided_at=None
    )
    return rows.order_by().values("client")


def _consented(relations: type[Any], day: dt.date) -> Q:
    """Whose membership rests on a consent is out from the day on which it is withdrawn, also for the rest of that day (§ 14 and 19)."""
    rests = any(field.name == "consent" for field in relations._meta.concrete_fields)
    return ~Q(consent__withdrawn_on__lte=day) if rests else Q()


def visible(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """The rows that an actor may see. Dated rows that hold no client are seen by who may open the register."""
    model = rows.model
    if isinstance(actor, Machine) or not _of_a_client(model):
        return rows
    if not isinstance(actor, User) or not actor.may(model.register.read, model):
        return rows.none()
    if actor.may(LEAD) and issubclass(model, INDEX):
        return rows
    seen = own_clients(model, actor)
    if issubclass(model, (ClientBase, ContactBase)):  # as one set of keys, so that neither half is looked for among all the others
        waiting = client_model(model)._default_manager.filter(state=ClientState.WAITING).order_by()
        seen = seen.union(waiting.values("pk"), all=True)
    return rows.filter(**{"pk__in" if issubclass(model, ClientBase) else "client__in": seen})


def _of_a_client(model: type[Any]) -> bool:
    return issubclass(model, ClientBase) or any(field.name == "client" for field in model._meta.concrete_fields)


def relation_of(client: ClientBase, actor: Actor) -> RelationBase | None:
    """The actor's relation in force to a client; None when there is none."""
    today = timezone.localdate()
    in_force = Q(valid_to=None) | Q(valid_to__gte=today)
    relations: Any = client.relations  # type: ignore[attr-defined]
    rows = relations.filter(in_force & _consented(relations.model, today), valid_from__lte=today, voided_at=None)
    found: RelationBase | None = rows.filter(worker=getattr(actor, "pk", None) or 0).order_by("-valid_from", "pk").first()
    return found


def must_relate(client: ClientBase, actor: Actor) -> RelationBase | None:
    """The actor's relation to a client; `Refused` without one. The program's own jobs need none."""
    if isinstance(actor, Machine):
        return None
    found = relation_of(client, actor)
    if found is None:
        sentence = _(
            "Sinulla ei ole asiakassuhdetta asiakkaaseen %(client)s (%(day)s). Kertomusta lukee ja kirjaa vain se, jolla on asiakassuhde. "
            "Pyydä lukuoikeutta rekisterin vastuuhenkilöltä ja kerro peruste."
        )
        told = {"client": client.number, "day": wording.day(timezone.localdate())}
        raise Refused(sentence % told, code="student_welfare.no_relation", section=RELATION_LAW)
    return found


def must_work(row: Record, actor: Actor) -> None:
    """The actor works in the register of the row; otherwise `NotAllowed`. Two registers never know each other's workers."""
    if not actor.may(row.register.read, row):
        raise NotAllowed(row.register.read)
