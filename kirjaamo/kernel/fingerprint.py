"""One digest of what every field declares of its publicity.

A class of publicity is code, not a column: changing it makes no migration. What was derived from it (the search table, the
public face) must then be made anew before it serves; whoever keeps such a copy keeps this digest beside it and compares.
"""

from __future__ import annotations

import hashlib
import json

from django.apps import apps

from kirjaamo.kernel.facts import Facts, facts_of


def declarations() -> dict[str, Facts]:
    """Return the facts of every field that declares any, by ``app.model.field``."""
    fields = (field for model in apps.get_models() for field in model._meta.concrete_fields)
    return {f"{field.model._meta.label_lower}.{field.name}": told for field in fields if (told := facts_of(field)).declared}


def fingerprint() -> str:
    """Return the digest: it changes when a field's publicity, grounds or personal-data nature does, and with nothing else."""
    told = [[name, facts.publicity.value, sorted(facts.grounds), facts.personal.value] for name, facts in sorted(declarations().items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
