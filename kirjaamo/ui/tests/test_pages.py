"""Every component is drawn with hostile, long and foreign text, and a reader of the page finds its way."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client, override_settings

from kirjaamo.ui import samples

PAGES = ["", "julkinen/", "tyotila/", "lomake/", "vahvistus/"]
VOID = {"meta", "link", "input", "img", "br", "hr"}


class Reader(HTMLParser):
    """Reads a page as a checker of accessibility does: elements, ids, labels, and whether tags are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.elements.append((tag, given | {"in": " ".join(self.open)}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs} | {"in": " ".join(self.open)}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.elements if tag in tags]


def read(client: Client, page: str, prefix: str = "") -> tuple[str, Reader]:
    html = client.get(f"{prefix}/ui/tyyliopas/{page}").content.decode()
    return html, Reader(html)


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_and_can_be_walked(client: Client, page: str, prefix: str) -> None:
    _html, reader = read(client, page, prefix)
    assert reader.faults == []
    assert reader.open == []
    assert reader.all("html")[0]["lang"] == prefix.strip("/") or reader.all("html")[0]["lang"] == "fi"
    assert len(reader.all("h1")) == 1
    assert len(reader.all("main")) == 1
    assert reader.all("header")
    assert reader.all("a")[0]["href"] == "#content"
    assert reader.all("main")[0]["id"] == "content"
    names = [nav.get("aria-label", "") for nav in reader.all("nav")]
    assert all(names), "every navigation has a name"


@pytest.mark.parametrize("page", PAGES)
def test_every_input_has_a_name(client: Client, page: str) -> None:
    _html, reader = read(client, page)
    labelled = {label.get("for") for label in reader.all("label")}
    for field in reader.all("input", "select", "textarea"):
        if field.get("type") in {"hidden", "submit"}:
            continue
        named = field.get("id") in labelled or "label" in field["in"].split() or field.get("aria-label")
        assert named, field


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_references_lead_to_them(client: Client, page: str) -> None:
    html = client.post("/ui/tyyliopas/lomake/", {}).content.decode() if page == "lomake/" else read(client, page)[0]
    reader = Reader(html)
    ids = [attrs["id"] for _tag, attrs in reader.elements if attrs.get("id")]
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    for _tag, attrs in reader.elements:
        for name in ("aria-describedby", "aria-labelledby", "for"):
            assert set(attrs.get(name, "").split()) <= set(ids), attrs


@pytest.mark.parametrize("page", PAGES)
def test_nothing_stands_inline_that_the_content_policy_would_stop(client: Client, page: str) -> None:
    html, reader = read(client, page)
    assert "<style" not in html
    assert all(script.get("src") for script in reader.all("script"))
    for _tag, attrs in reader.elements:
        assert "style" not in attrs, attrs
        assert not [name for name in attrs if name.startswith("on")], attrs


def test_hostile_text_is_text(client: Client) -> None:
    html, _reader = read(client, "")
    assert samples.HOSTILE not in html
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;") >= 5
    assert samples.ARABIC in html
    assert samples.EMOJI in html


def test_text_in_another_language_says_so(client: Client) -> None:
    finnish = read(client, "")[0]
    assert f'<span lang="sv">{samples.SWEDISH["sv"]}</span>' in finnish
    swedish = read(client, "", "/sv")[0]
    assert f'<span lang="sv">{samples.SWEDISH["sv"]}</span>' not in swedish
    assert samples.SWEDISH["sv"] in swedish


def test_the_language_switch_keeps_the_page_and_its_filters(client: Client) -> None:
    html = client.get("/sv/ui/tyyliopas/tyotila/?sort=unit&q=hitas").content.decode()
    links = {link["lang"]: link for link in Reader(html).all("a") if "lang" in link}
    assert links["fi"]["href"] == "/ui/tyyliopas/tyotila/?sort=unit&q=hitas"
    assert links["en"]["href"] == "/en/ui/tyyliopas/tyotila/?sort=unit&q=hitas"
    assert links["sv"]["aria-current"] == "true"


def test_navigation_shows_what_exists_and_where_one_is(client: Client) -> None:
    html, reader = read(client, "lomake/")
    assert "Puuttuva" not in html
    here = {link["href"] for link in reader.all("a") if link.get("aria-current") == "page" and "nav" in link["in"]}
    assert here == {"/ui/tyyliopas/lomake/"}


def test_the_stylesheet_is_one_and_is_kept_for_ever(client: Client) -> None:
    link = next(one["href"] for one in read(client, "")[1].all("link") if one["rel"] == "stylesheet")
    answer = client.get(link)
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    packed = client.get(link, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(answer.content) / 3
    old = client.get("/ui/0123456789ab.css")
    assert (old.status_code, old.headers["Location"]) == (302, link)


@override_settings(DEBUG=False)
def test_the_style_guide_is_not_for_the_public_and_a_missing_page_is_ours(client: Client) -> None:
    for path in ("/ui/tyyliopas/", "/ei-ole/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Sivua ei löydy" in answer.content.decode()
    assert "Sidan hittades inte" in client.get("/sv/ei-ole/").content.decode() or not _compiled()


def _compiled() -> bool:
    from pathlib import Path  # noqa: PLC0415

    return (Path(samples.__file__).parent / "locale" / "sv" / "LC_MESSAGES" / "django.mo").exists()


def test_sorting_links_turn_and_keep_the_rest(client: Client) -> None:
    html = client.get("/ui/tyyliopas/tyotila/?sort=due&q=hitas&after=x").content.decode()
    heads = re.findall(r"<th scope=\"col\"[^>]*>.*?</th>", html)
    assert 'aria-sort="ascending"' in heads[3]
    assert "?sort=-due&amp;q=hitas" in heads[3]
    assert "?sort=id&amp;q=hitas" in heads[0]
    assert "after=" not in "".join(heads)
    assert "href" not in heads[1]


def test_the_start_page_of_the_navigation_is_here_only_on_itself(client: Client) -> None:
    work = [
        {"items": [{"key": "a", "label": "Työ", "route": "styleguide"}]},
        {"items": [{"key": "b", "label": "L", "route": "styleguide_work"}]},
    ]
    with override_settings(KIRJAAMO_NAVIGATION={"public": [], "work": work}):
        reader = read(client, "tyotila/")[1]
        here = {link["href"] for link in reader.all("a") if link.get("aria-current") == "page" and "nav" in link["in"].split()}
    assert "/ui/tyyliopas/tyotila/" in here
    assert "/ui/tyyliopas/" not in here
