"""Names found by the beginnings of their words, in any order, through an index: the lookup `name_sort__begins`.

A sort key holds its words apart (`values.text.sort_key`); the database reads them as lexemes without a dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import CharField, Func, Lookup

from kirjaamo.values.text import KEY_END, KEY_GAP


class NameWords(Func):
    """The words of a sort key as lexemes."""

    template = f"array_to_tsvector(string_to_array(split_part(%(expressions)s, '{KEY_END}', 1), '{KEY_GAP}'))"
    output_field = SearchVectorField()


@CharField.register_lookup
class Begins(Lookup[Sequence[str]]):
    """Every given word (of `sort_words`: letters and digits only) begins a word of the sort key."""

    lookup_name = "begins"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition as the index of the names answers it."""
        key, values = self.process_lhs(compiler, connection)
        wanted = " & ".join(f"'{word}':*" for word in self.rhs)
        return f"{NameWords.template % {'expressions': key}} @@ %s::tsquery", (*values, wanted)
