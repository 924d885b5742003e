"""The room's place in Django."""

from __future__ import annotations

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Clocks of retention over documents and cases."""

    name = "kirjaamo.retention"
    label = "retention"
    verbose_name = "Säilytys"

    def ready(self) -> None:
        """Follow the inputs of clocks, tell the case page of them, and tell the plan how many run."""
        from kirjaamo.cases.parts import case_part, paper_part  # noqa: PLC0415 - models are ready only now
        from kirjaamo.kernel.following import follow  # noqa: PLC0415 - as above
        from kirjaamo.retention.actions import inputs_changed  # noqa: PLC0415 - as above
        from kirjaamo.retention.inputs import TABLES  # noqa: PLC0415 - as above
        from kirjaamo.retention.part import case_clock, document_clock  # noqa: PLC0415 - as above
        from kirjaamo.retention.plan_usage import campaigns_of, clocks_of  # noqa: PLC0415 - as above
        from kirjaamo.tos.usage import tell_campaigns, tell_clocks  # noqa: PLC0415 - as above

        follow("retention", TABLES, inputs_changed)
        case_part("retention")(case_clock)
        paper_part("retention")(document_clock)
        tell_clocks(clocks_of)
        tell_campaigns(campaigns_of)
