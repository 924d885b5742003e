"""The case register: cases, their stages, parties, documents and numbers."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case register: cases, their stages, parties, documents and numbers."""

    name = "kirjaamo.cases"
    label = "cases"
    verbose_name = "Asiat"

    def ready(self) -> None:
        """Tell the plan how cases use it, and the search how they are found."""
        from kirjaamo.cases.of_parties import cases_of, papers_that_show  # noqa: PLC0415 - models are ready only now
        from kirjaamo.cases.plan_usage import CaseUsage  # noqa: PLC0415 - as above
        from kirjaamo.cases.searched import Cases, Papers, People, PublicCases  # noqa: PLC0415 - as above
        from kirjaamo.kernel.finding import searched  # noqa: PLC0415 - as above
        from kirjaamo.subjects.parts import party_part  # noqa: PLC0415 - as above
        from kirjaamo.tos.usage import tell  # noqa: PLC0415 - as above

        party_part(cases_of)
        party_part(papers_that_show)
        tell(CaseUsage())
        for source in (Cases(), PublicCases(), Papers(), People()):
            searched(source)
