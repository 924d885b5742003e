"""What the data pack says of a register in this authority: its unit, its class in force, its management unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kirjaamo.catalog.models import InformationSystem
from kirjaamo.kernel.errors import OutOfOrder
from kirjaamo.organisation.models import ManagementUnit, Unit
from kirjaamo.tos.models import NodeKind

if TYPE_CHECKING:
    from kirjaamo.tos.models import ClassRevision


@dataclass(frozen=True)
class Place:
    """Where a register stands."""

    system: InformationSystem
    unit: Unit
    management_unit: ManagementUnit
    revision: ClassRevision


def home_of(slug: str, document: str) -> Place:
    """The place of a home register: of the classes that its system uses, the one whose process makes the document type.

    `OutOfOrder` when the pack does not hold the register or no class of it has such a process in force.
    """
    system = InformationSystem.objects.select_related("decided_by").filter(slug=slug).first()
    if system is None:
        raise OutOfOrder(
            _("Rekisteriä %(slug)s ei ole tämän viranomaisen luettelossa. Lisää se ensin tietopakettiin.") % {"slug": slug},
            code="contract.not_in_catalog",
        )
    today = timezone.localdate()
    for function_class in system.classes.all():
        revision = function_class.revisions.in_force(today).first()
        if revision is not None and revision.nodes.filter(kind=NodeKind.DOCUMENT, code=document).exists():
            return Place(system, system.decided_by, ManagementUnit.objects.get(), revision)
    raise OutOfOrder(
        _("Rekisterin %(slug)s tehtäväluokilla ei ole voimassa käsittelyprosessia, jossa on asiakirjatyyppi %(document)s.")
        % {"slug": slug, "document": document},
        code="contract.no_process",
    )
