"""One analyser of Finnish words per machine: every process of ours asks it instead of loading the dictionary itself."""

from __future__ import annotations

from pathlib import Path

from kirjaamo.kernel.words import Words, choose_finnish, configure
from kirjaamo.supervisor import environment


def use_shared_analyser() -> None:
    """Let `default_words()` of this process ask the analyser whose socket the supervisor names (KIRJAAMO_ANALYSER)."""
    socket = environment.text("KIRJAAMO_ANALYSER")
    if socket:
        configure(Words(choose_finnish(socket=Path(socket))))
