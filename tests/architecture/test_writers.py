"""Only `actions.py` writes to the database."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import program
from tests.architecture.writers import writes

# Who else writes, and why.
OTHERS = {
    "kirjaamo/kernel/journal.py": "the journal is what actions append to; its sealer writes blocks",
    "kirjaamo/kernel/use_log.py": "reading is noted where it happens; the log is removed by its own action after its retention",
    "kirjaamo/organisation/sessions.py": "when a session was last used is no act of anyone",
    "kirjaamo/kernel/rows.py": "the base of all rows: refuses writes outside of actions",
    "kirjaamo/kernel/kept.py": "the mark of what processes keep, made another by following the actions that change it",
    "kirjaamo/kernel/submissions.py": "the key of a form that was sent, taken before the action that it asks for",
    "kirjaamo/catalog/loading.py": "the parts of the action that loads a pack, a file of their own for their length",
    "kirjaamo/catalog/accepting.py": "the parts of the action that accepts an imported draft, likewise",
    "kirjaamo/contract/indexing.py": "the search row of a record, written by the record's own save so that no verb can forget it",
    "kirjaamo/config/commands.py": "the demo's own list of finished steps, in no room's table",
}

GOOD = [
    "cases = Case.objects.filter(open=True)",
    "seen.update(more)",
    "names.add('a')",
    "os.environ.update(x=1)",
    "cursor.execute('SELECT 1')",
    "digest.update(b'')",
    "form.clean()",
    "headers.set('a', 'b')",
    "cache.delete('key')",
    "storage.delete(name)",
    "workbook.save(stream)",
]
BAD = [
    "case.save()",
    "case.save(update_fields=['state'])",
    "Case.objects.create(title='a')",
    "Case.objects.filter(pk=1).update(state='x')",
    "Case.objects.exclude(pk=1).order_by('pk').delete()",
    "case.delete()",
    "rows.delete()",
    "Case.objects.bulk_create(rows)",
    "await case.asave()",
    "Unit.objects.get_or_create(slug='a')",
    "case.event_set.create(node=node)",
    "case.parties.all().delete()",
    "cursor.execute('INSERT INTO t VALUES (1)')",
    "cursor.execute('''\n  DELETE   FROM t''')",
    "cursor.execute(f'UPDATE {table} SET a = 1')",
    "User.objects.using('x').update(a=1)",
]


@pytest.mark.parametrize("line", GOOD)
def test_the_rule_passes_what_writes_nothing(line: str) -> None:
    assert not list(writes(ast.parse(line)))


@pytest.mark.parametrize("line", BAD)
def test_the_rule_sees_a_write(line: str) -> None:
    assert list(writes(ast.parse(line)))


def test_only_actions_write() -> None:
    found = [
        f"{source.name}:{line}: {form}"
        for source in program()
        if source.path.name != "actions.py" and "actions" not in source.path.parts and source.name not in OTHERS
        for line, form in writes(source.tree)
    ]
    assert found == []


def test_every_exception_still_writes() -> None:
    writers = {source.name for source in program() if any(writes(source.tree))}
    assert set(OTHERS) <= writers | {"kirjaamo/kernel/rows.py"}
