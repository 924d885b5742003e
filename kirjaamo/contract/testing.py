"""The contract tests: one base class gives every register the same proofs. A register says its declaration and one example."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import threading
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.psycopg_any import Range
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kirjaamo.contract import derived, handbook, listing, parts
from kirjaamo.contract.actions import change, void
from kirjaamo.contract.languages import in_languages
from kirjaamo.kernel import journal
from kirjaamo.kernel.actors import VISITOR, Machine
from kirjaamo.kernel.errors import Conflict, NotAllowed, Refused
from kirjaamo.kernel.models import JournalEntry
from kirjaamo.kernel.packs import read_pack
from kirjaamo.kernel.registry import SOURCES
from kirjaamo.organisation.roles import Role
from kirjaamo.subjects.actions import add_subject
from kirjaamo.testing import make_user
from kirjaamo.tos.models import Node, NodeKind
from kirjaamo.values.personal_id import PersonalId

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kirjaamo.contract.record import Record
    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actors import Actor
    from kirjaamo.organisation.models import User

MACHINE = Machine("contract")
TASKS = 5


def value_at(row: object, path: str) -> str:
    """What stands at a path of a record, as one would type it; empty when nothing does, or more than one thing."""
    for part in path.split("__"):
        if part == "date" and isinstance(row, dt.datetime):
            row = timezone.localtime(row).date()
        else:
            row = getattr(row, {"startswith": "lower", "endswith": "upper"}.get(part, part), None)
    first = row.lower if isinstance(row, Range) else row
    if first is None or hasattr(first, "all"):
        return ""
    return first.strftime("%d.%m.%Y") if isinstance(first, dt.date) else str(first)


def at_once(tasks: Sequence[Callable[[], object]]) -> list[str]:
    """Run tasks together; each comes to `ok` or to the sentence of its refusal."""
    results = ["?"] * len(tasks)
    gate = threading.Barrier(len(tasks))

    def one(index: int) -> None:
        with translation.override("fi"):
            gate.wait()
            try:
                tasks[index]()
                results[index] = "ok"
            except Refused as refusal:
                results[index] = str(refusal)
            finally:
                connections.close_all()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db
class RegisterTestCase:
    """Inherit, give `register` and `example()`; what every register promises is then tested."""

    register: ClassVar[Register]

    def example(self) -> Record:
        """One stored record of the main model."""
        raise NotImplementedError

    def client(self, *roles: Role) -> Client:
        """A signed-in browser."""
        client = Client()
        client.force_login(make_user(*roles, unit="kulttuurin-ja-vapaa-ajan-toimiala"))
        return client

    def worker(self) -> User:
        """Someone who works in the register; one whose rows are seen by some of its workers only gives one who sees the example."""
        return make_user(Role.REGISTER_WORKER)

    @property
    def url(self) -> str:
        """The register's address."""
        return reverse("register", args=[self.register.slug])

    def secret_texts(self, row: Record) -> list[str]:
        """The values of fields that not everyone may see, as they would read on a page (a case identifier is open)."""
        fields = [f for f in derived.own_fields(type(row)) if not derived.may_see(f, type(row), VISITOR)]
        return [text for f in fields if len(text := derived.in_words(row, f)) > 3 and text != str(row.case)]

    def test_every_field_declares_its_publicity_and_secret_ones_a_ground(self) -> None:
        """A field that declares nothing is secret, and named here."""
        for model in self.register.models:
            assert parts.undeclared(model) == []
            for field in derived.own_fields(model):
                facts = field.facts  # type: ignore[attr-defined]
                assert facts.open or facts.grounds, f"{model.__name__}.{field.name} is secret without a ground"

    def test_the_register_answers_the_protocol(self) -> None:
        """Rooms reach it by its slug, and its description says keys and data groups in three languages."""
        told = SOURCES[self.register.slug].describe()
        assert told.keys
        assert told.groups
        for text in (
            told.title,
            told.purpose,
            *(key.label for key in told.keys),
            *(key.question for key in told.keys),
            *(group.title for group in told.groups),
        ):
            assert {language for language in text if text[language]} == {"fi", "sv", "en"}

    def test_its_five_commonest_tasks_lead_somewhere(self) -> None:
        """Five, no two alike; each names a verb of the register or narrows a list that opens, and tells its way in three languages."""
        names = {info.name.rsplit(".", 1)[1] for info in parts.infos(self.register)}
        assert len({str(task.title) for task in self.register.tasks}) == len(self.register.tasks) == TASKS
        client = self.client(Role.REGISTER_WORKER)
        for task in self.register.tasks:
            assert not task.verb or task.verb in names
            assert {language for language, text in in_languages(task.how).items() if text} == {"fi", "sv", "en"}
            assert client.get(f"{self.url}?{task.where}").status_code == 200

    def test_its_page_of_the_handbook_tells_its_tasks_its_keys_and_its_fields(self) -> None:
        """The page is made of the declaration, so what it tells is what there is."""
        page = handbook.pages([self.register], read_pack(settings.PACK))[f"{self.register.slug}.md"]
        told = [in_languages(one)["fi"] for one in (*(t.title for t in self.register.tasks), *(k.label for k in self.register.search_keys))]
        told += [f"`{field.name}`" for model in self.register.models for field in derived.own_fields(model)]
        assert [text for text in told if text not in page] == []

    def test_the_demo_has_invented_data_of_it(self) -> None:
        """The package has a `demo.py` that makes some."""
        package = apps.get_app_config(self.register.model._meta.app_label).name
        assert callable(import_module(f"{package}.demo").make)

    def test_each_search_key_finds_the_example_by_its_own_value(self) -> None:
        """What an official or an asker tells of a record finds it, whatever the kind of the key."""
        row = self.example()
        worker = self.worker()
        for key in self.register.search_keys:
            if value := value_at(row, key.path or key.name):
                assert str(row.pk) in {found.ref for found in self.register.find({key.name: value}, actor=worker)}, key.name

    def test_own_data_is_told_to_the_person_and_to_nobody_else(self) -> None:
        """Everything held of a person is in the extract; of another person in the same record only that there is one."""
        row = self.example()
        if not self.register.person:
            return
        person = row
        for part in self.register.person.split("__"):
            person = getattr(person, part)
        told = self.register.extract(person.pk, actor=MACHINE)
        assert str(row.label) in {record["record"] for record in told.records}
        stranger = add_subject("Vieras Ihminen", actor=MACHINE, personal_id=PersonalId.parse("010594Y9032"))
        assert self.register.extract(stranger.pk, actor=MACHINE).records == ()
        assert "Vieras Ihminen" not in str(told)

    def test_what_is_due_for_destruction_is_proposed_and_nothing_else(self) -> None:
        """A record is proposed from the day after its last day on; one whose last day is not known never is."""
        row = self.example()
        day = timezone.localdate()
        held = change(row, {"retention_due": None}, version=row.version, actor=MACHINE)
        assert str(row.pk) not in self.register.purge(dt.date(2999, 1, 1), actor=MACHINE)
        change(held, {"retention_due": day}, version=held.version, actor=MACHINE)
        assert str(row.pk) not in self.register.purge(day, actor=MACHINE)
        assert str(row.pk) in self.register.purge(day + dt.timedelta(days=1), actor=MACHINE)
        address = reverse("register-expired", args=[self.register.slug])
        client = Client()
        client.force_login(self.worker())
        assert row.get_absolute_url() not in client.get(address).content.decode()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        change(held, {"retention_due": yesterday}, version=held.version + 1, actor=MACHINE)
        assert row.get_absolute_url() in client.get(address).content.decode()
        assert type(row)._default_manager.filter(pk=row.pk).exists()
        if self.register.retention_class:
            assert Node.objects.filter(kind=NodeKind.DOCUMENT, code=self.register.retention_class).exists()

    def test_the_list_is_sorted_by_each_column_and_paged_without_loss(self) -> None:
        """Every sorting of every kind opens, and walking a list by its pages meets each record once."""
        self.example()
        worker = self.worker()
        for model in self.register.models:
            keys = set(model._default_manager.values_list("pk", flat=True))
            for name in ["", *listing.sortable(model, worker)]:
                for sort in (name, f"-{name}") if name else ("",):
                    assert self.walked(model, sort, worker) == keys

    def walked(self, model: type[Record], sort: str, actor: Actor) -> set[object]:
        """The keys met by walking a list one row at a time, forwards and then back from the end."""
        rows = listing.filtered(self.register, model, {}, actor)
        forwards: list[int] = []
        while found := listing.ordered(listing.beyond(rows, sort, forwards[-1]) if forwards else rows, sort)[:1]:
            forwards.append(found[0].pk)
        back = forwards[-1:]
        while back and (found := listing.before(rows, sort, back[-1])[:1]):
            back.append(found[0].pk)
        assert back == forwards[::-1]
        return set(forwards)

    def test_list_record_and_export_open_for_who_may_read(self) -> None:
        """Every page of the register works for its worker."""
        row = self.example()
        client = self.client(Role.REGISTER_WORKER)
        for address in (self.url, row.get_absolute_url()):
            assert client.get(address).status_code == 200
        for form in ("csv", "json", "xlsx"):
            assert client.get(reverse("register-export", args=[self.register.slug, form])).status_code == 200

    def test_exports_hold_the_record(self) -> None:
        """CSV and JSON carry what the list shows."""
        row = self.example()
        client = self.client(Role.REGISTER_WORKER)
        lines = b"".join(client.get(reverse("register-export", args=[self.register.slug, "csv"])))
        table = list(csv.reader(io.StringIO(lines.decode("utf-8-sig"))))
        assert len(table) == 2
        found = json.loads(client.get(reverse("register-export", args=[self.register.slug, "json"])).content)
        assert len(found) == 1
        assert found[0]["case"] == (row.case.identifier if row.case else "")

    def test_nobody_without_the_right_sees_anything(self) -> None:
        """A visitor is sent to sign in, a role without the right is refused, and no page shows a secret value."""
        row = self.example()
        secrets = self.secret_texts(row)
        addresses = [self.url, row.get_absolute_url(), reverse("register-export", args=[self.register.slug, "csv"])]
        for address in addresses:
            assert Client().get(address).status_code == 302
            for role in (Role.ADMINISTRATOR, Role.REGISTRAR, Role.INFORMATION_MANAGER):
                response = Client(raise_request_exception=False)
                response.force_login(make_user(role, name=f"{role}-{len(address)}-{addresses.index(address)}"))
                answer = response.get(address)
                assert answer.status_code == 403
                assert not [text for text in secrets if text in answer.content.decode()]

    def test_search_keys_find_the_record_and_mask_it_for_others(self) -> None:
        """Each key finds by its value; who may not read sees that there is a hit and nothing of it."""
        row = self.example()
        key = self.register.search_keys[0]
        value = str(getattr(row, key.path or key.name))
        worker = self.worker()
        assert [found.ref for found in self.register.find({key.name: value}, actor=worker)] == [str(row.pk)]
        hidden = self.register.find({key.name: value}, actor=make_user(Role.ADMINISTRATOR))
        assert hidden[0].masked
        assert not [text for text in self.secret_texts(row) if text in str(hidden)]
        assert list(self.register.find({}, actor=worker)) == []
        if row.case is not None:
            assert str(row.pk) in {found.ref for found in self.register.find({"case": row.case.identifier}, actor=worker)}
        assert list(self.register.find({key.name: "\x00no such"}, actor=worker)) == []

    def test_the_list_is_searched_and_filtered(self) -> None:
        """What is typed finds; what is not there finds nothing and says so."""
        row = self.example()
        client = self.client(Role.REGISTER_WORKER)
        key = self.register.search_keys[0]
        hit = client.get(self.url, {"q": str(getattr(row, key.path or key.name))})
        assert row.get_absolute_url() in hit.content.decode()
        miss = client.get(self.url, {"q": "zzz-ei-ole"})
        assert row.get_absolute_url() not in miss.content.decode()

    def test_a_change_is_journaled_and_two_changes_at_once_are_told(self) -> None:
        """The second who changes the same version learns of the first."""
        row = self.example()
        before = JournalEntry.objects.count()
        change(row, {}, version=row.version, actor=MACHINE)
        assert JournalEntry.objects.count() == before + 1
        with pytest.raises(Conflict):
            change(row, {}, version=row.version, actor=MACHINE)
        assert journal.verify().whole

    def test_writing_needs_the_right(self) -> None:
        """No role without the right writes by any verb."""
        row = self.example()
        administrator = make_user(Role.ADMINISTRATOR)
        with pytest.raises(NotAllowed):
            void(row, "syy", actor=administrator)

    def test_a_void_record_stays_in_sight(self) -> None:
        """Voiding keeps the record with its reason."""
        row = self.example()
        void(row, "kirjattu väärälle henkilölle", actor=MACHINE)
        page = self.client(Role.REGISTER_WORKER).get(row.get_absolute_url())
        assert "kirjattu väärälle henkilölle" in page.content.decode()

    def test_the_list_takes_a_fixed_number_of_statements(self, django_assert_max_num_queries: pytest.FixtureRequest) -> None:
        """However many rows, the same statements; each kind of record is counted."""
        self.example()
        client = self.client(Role.REGISTER_WORKER)
        client.get(self.url)
        with django_assert_max_num_queries(12 + len(self.register.models)):  # type: ignore[operator]
            client.get(self.url)

    def test_the_page_speaks_three_languages(self) -> None:
        """The register's words come in Finnish, Swedish and English."""
        client = self.client(Role.REGISTER_WORKER)
        pages = {
            language: client.get(f"{prefix}{self.url}").content.decode() for language, prefix in (("fi", ""), ("sv", "/sv"), ("en", "/en"))
        }
        assert len(set(pages.values())) == 3

    def test_the_case_and_the_record_tell_of_each_other(self) -> None:
        """A record of a case shows the case's stages and events; the case finds the record by its identifier."""
        row = self.example()
        if row.case is None:
            return
        page = self.client(Role.REGISTER_WORKER).get(row.get_absolute_url()).content.decode()
        assert row.case.identifier in page
        stages = [node.title["fi"] for node in row.case.revision.nodes.filter(kind="stage")]
        assert stages
        assert [title for title in stages if title not in page.replace("\u00ad", "")] == []
        worker = make_user(Role.REGISTER_WORKER, name="asian katsoja")
        assert row.get_absolute_url() in {found.url for found in self.register.find({"case": row.case.identifier}, actor=worker)}

    # The door of programs -----------------------------------------------------------------------------------------------------

    def bearer(self, *roles: Role, scope: str = "read") -> dict[str, str]:
        """The header of a token that an account of these roles made on its page."""
        client = self.client(*roles)
        sent = {"name": "testi", "scope": scope, "valid_to": (timezone.localdate() + dt.timedelta(days=30)).isoformat()}
        found = re.search(r"kirjaamo_[\w-]+", client.post(reverse("api-tokens"), sent).content.decode())
        assert found
        return {"HTTP_AUTHORIZATION": f"Bearer {found[0]}"}

    def api(self, row: Record | None = None) -> str:
        """The address of the register's records in the API, or of one of them."""
        kind = (row or self.register.model)._meta.model_name
        return f"/api/v1/registers/{self.register.slug}/{kind}" + (f"/{row.pk}" if row else "")

    def test_the_api_tells_a_reader_what_the_page_tells_and_sorts_and_pages_it(self) -> None:
        """The same fields in list and record, every sorting, and pages by key."""
        row = self.example()
        reader = self.bearer(Role.REGISTER_WORKER)
        told = Client().get(self.api(row), **reader).json()  # type: ignore[arg-type]
        assert (told["id"], told["masked"]) == (row.pk, [])
        assert set(told["fields"]) == {f.name for f in derived.own_fields(type(row))}
        listed = Client().get(self.api(), {"limit": "500"}, **reader).json()  # type: ignore[arg-type]
        assert row.pk in {one["id"] for one in listed["items"]}
        worker = make_user(Role.REGISTER_WORKER, name="järjestäjä")
        for name in listing.sortable(self.register.model, worker):
            assert Client().get(self.api(), {"sort": f"-{name}", "limit": "1"}, **reader).status_code == 200  # type: ignore[arg-type]
        assert Client().get(self.api(), {"sort": "ei-ole"}, **reader).json()["code"] == "api.sort"  # type: ignore[arg-type]
        described = Client().get(f"/api/v1/registers/{self.register.slug}", **reader).json()  # type: ignore[arg-type]
        assert len(described["actions"]) == len(self.register.actions)

    def test_the_api_hides_what_the_page_hides(self) -> None:
        """Without a token, with the token of another role, and in open data no secret value leaves; nor does any verb run."""
        row = self.example()
        secrets = self.secret_texts(row)
        stranger = self.bearer(Role.ADMINISTRATOR, scope="write")
        verbs = [f"/api/v1/registers/{self.register.slug}/actions/{info.name.rsplit('.', 1)[1]}" for info in parts.infos(self.register)]
        for address in (self.api(), self.api(row)):
            assert Client().get(address).status_code == 401
            answer = Client().get(address, **stranger)  # type: ignore[arg-type]
            assert answer.status_code == 403
            assert answer.json()["code"] == "kernel.not_allowed"
            assert not [text for text in secrets if text in answer.content.decode()]
        for address in verbs:
            assert Client().post(address, "{}", "application/json", **stranger).status_code == 403  # type: ignore[arg-type]
        for model in self.register.models:
            answer = Client().get(f"/api/v1/open/{self.register.slug}/{model._meta.model_name}")
            assert answer.status_code == (200 if model.open_data else 404)
            assert not [text for text in secrets if text in answer.content.decode()]

    def test_a_reading_token_writes_nothing(self) -> None:
        """What the account may and the token may not is refused."""
        row = self.example()
        reader = self.bearer(Role.REGISTER_WORKER)
        answer = Client().patch(self.api(row), json.dumps({"version": row.version}), "application/json", **reader)  # type: ignore[arg-type]
        assert answer.status_code == 403
