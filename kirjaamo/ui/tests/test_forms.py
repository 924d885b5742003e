"""Any Django form is drawn with labels, hints and errors that a screen reader follows, and errors say what to do."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from kirjaamo.ui.forms import DateField, DateInput, FileField, problems
from kirjaamo.ui.pages import SampleForm
from kirjaamo.ui.tests.test_pages import Reader


def drawn(form: forms.BaseForm) -> Reader:
    return Reader(str(form))


def test_a_field_is_tied_to_its_hint_and_its_error() -> None:
    reader = drawn(SampleForm({"email": "not an address"}))
    ids = {attrs.get("id") for _tag, attrs in reader.elements}
    email = next(field for field in reader.all("input") if field.get("name") == "email")
    assert email["aria-invalid"] == "true"
    assert email["aria-describedby"] == "id_email_helptext id_email_error"
    assert {"id_email_helptext", "id_email_error"} <= ids
    name = next(field for field in reader.all("input") if field.get("name") == "name")
    assert "aria-invalid" not in name
    assert "required" not in name


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = str(SampleForm({}))
    reader = Reader(html)
    groups = reader.all("fieldset")
    assert len(groups) == len(reader.all("legend")) == 2
    assert groups[0]["aria-describedby"] == "id_kind_error"
    assert all("fieldset" in box["in"] for box in reader.all("input") if box.get("type") == "radio")


def test_the_summary_leads_to_every_field_that_is_wrong(client: Client) -> None:
    reader = Reader(client.post("/ui/tyyliopas/lomake/", {"email": "x"}).content.decode())
    ids = {attrs.get("id") for _tag, attrs in reader.elements}
    links = [link["href"].removeprefix("#") for link in reader.all("a") if "section" in link["in"] and link["href"].startswith("#id_")]
    assert links == ["id_subject", "id_email", "id_since", "id_kind_0", "id_unit", "id_agree"]
    assert set(links) <= ids


def test_what_was_typed_is_still_there(client: Client) -> None:
    html = client.post("/ui/tyyliopas/lomake/", {"subject": "<b>Katu & talo</b> 🏊", "email": "väärä", "kind": "own"}).content.decode()
    assert "&lt;b&gt;Katu &amp; talo&lt;/b&gt; 🏊" in html
    assert 'value="väärä"' in html
    assert 'value="own" required id="id_kind_1" checked' in html or "checked" in next(
        str(field) for field in Reader(html).all("input") if field.get("id") == "id_kind_1"
    )


def test_a_missing_answer_is_told_by_what_to_do() -> None:
    told = {problem.target: problem.text for problem in problems(SampleForm({}))}
    assert told["id_subject"] == "Täytä tämä kohta."
    assert told["id_kind_0"] == "Valitse vaihtoehto."
    assert told["id_since"] == "Kirjoita päivämäärä."
    assert told["id_agree"] == "Hyväksy tämä, jotta voit jatkaa."


def test_a_message_of_the_field_itself_stands() -> None:
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Kirjoita lapsen nimi."})

        def clean(self) -> None:
            self.add_error(None, "Lomake ei <käy>.")

    found = list(problems(Own({})))
    assert [(one.text, one.target) for one in found] == [("Lomake ei <käy>.", ""), ("Kirjoita lapsen nimi.", "id_name")]
    assert "Lomake ei &lt;käy&gt;." in str(Own({}))


def test_formsets_are_summed_up_with_their_own_ids() -> None:
    class Row(forms.Form):
        name = forms.CharField()

    rows = forms.formset_factory(Row, extra=0)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "a", "form-1-name": ""}
    assert [one.target for one in problems(rows(data))] == ["id_form-1-name"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("22.11.2026", date(2026, 11, 22)),
        ("3.4.2026", date(2026, 4, 3)),
        ("2026-11-22", date(2026, 11, 22)),
        (" 1.1.2026 ", date(2026, 1, 1)),
    ],
)
def test_a_date_is_read_day_first_in_every_language(language: str, typed: str, read: date) -> None:
    with translation.override(language):
        assert DateField().clean(typed) == read
        assert 'value="3.4.2026"' in DateInput().render("day", "3.4.2026")
        assert 'value="22.11.2026"' in DateInput().render("day", date(2026, 11, 22))


@pytest.mark.parametrize("typed", ["11/22/2026", "4/3/2026", "31.2.2026", "eilen", "22.11.", "99999.1.1"])
def test_what_is_not_a_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"pp\.kk\.vvvv, esimerkiksi 22\.11\.2026"):
        DateField().clean(typed)


def test_a_file_is_refused_by_size_and_by_kind() -> None:
    field = FileField(endings=["pdf"], most=1_000)
    assert field.clean(SimpleUploadedFile("ok.pdf", b"x" * 1_000)).name == "ok.pdf"
    with pytest.raises(forms.ValidationError, match="liian suuri"):
        field.clean(SimpleUploadedFile("big.pdf", b"x" * 1_001))
    with pytest.raises(forms.ValidationError, match="exe"):
        field.clean(SimpleUploadedFile("bad.exe", b"x"))


def test_a_file_field_says_what_it_takes() -> None:
    html = str(SampleForm())
    assert "JPG, PDF, PNG. Enintään 10 Mt." in html
    with translation.override("sv"):
        assert "JPG, PDF, PNG. Högst 10 MB." in str(SampleForm())
    assert 'accept=".jpg,.pdf,.png"' in html
    assert 'data-most="10000000"' in html
