"""The public face: what everyone may read, in tables of its own that hold nothing else."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class FaceConfig(AppConfig):
    """Follows every action, so that what it changed stands on the public face in the same transaction."""

    name = "kirjaamo.face"
    label = "face"
    verbose_name = "Julkinen puoli"

    def ready(self) -> None:
        """Let the writer follow every action."""
        import_module("kirjaamo.face.following")
