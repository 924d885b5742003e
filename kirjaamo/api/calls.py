"""The calls of the API: for each register its list, records, plain writing and verbs; open data; events of other systems."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from kirjaamo.api import actions, spec, values
from kirjaamo.api.access import OPEN_PER_MINUTE, Bearer, Caller, TooMany, bounded, seconds_left
from kirjaamo.contract import actions as writing
from kirjaamo.contract import listing, parts, plain
from kirjaamo.contract.forms import action_form
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.register import REGISTERS, Register
from kirjaamo.kernel import vault
from kirjaamo.kernel.errors import Conflict, KirjaamoError, NotAllowed, Refused
from kirjaamo.organisation.signing_in import address_of

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record

LIMIT, MOST = 50, 500
api = NinjaAPI(title="Kirjaamo", version="1", docs_url=None, openapi_url=None, auth=Bearer(), urls_namespace="api")


# Errors: a stable code, a sentence that says what is wrong and what to do, and where ------------------------------------------


def _error(request: HttpRequest, status: int, code: str, sentence: str, **more: object) -> HttpResponse:
    answer = api.create_response(request, {"code": code, "sentence": sentence, **{k: v for k, v in more.items() if v}}, status=status)
    if status == 429:  # noqa: PLR2004 - too many calls
        answer.headers["Retry-After"] = str(seconds_left())
    return answer


@api.exception_handler(KirjaamoError)
def _refused(request: HttpRequest, error: KirjaamoError) -> HttpResponse:
    statuses: dict[type[KirjaamoError], int] = {NotAllowed: 403, Conflict: 409, TooMany: 429, Refused: 422}
    status = next((found for kind, found in statuses.items() if isinstance(error, kind)), 400)
    return _error(request, status, error.code, str(error), section=error.section, field=getattr(error, "field", None))


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    del error
    return _error(
        request, 401, "api.token", _("Avain puuttuu, on päättynyt tai mitätöity. Luo uusi avain ja lähetä se otsakkeessa Authorization.")
    )


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    del error
    return _error(request, 404, "api.not_found", _("Tällaista ei ole, tai se ei ole sinun nähtävissäsi. Tarkista osoite."))


# From an address to what it names ----------------------------------------------------------------------------------------------


def caller_of(request: HttpRequest) -> Caller:
    """Who calls, as the token said."""
    caller: Caller = request.auth  # type: ignore[attr-defined] # the bearer's answer
    return caller


def _register(request: HttpRequest, slug: str) -> Register:
    register, caller = REGISTERS.get(slug), caller_of(request)
    if register is None:
        raise Http404
    if not caller.reaches(slug) or not caller.may(register.read, register):
        raise NotAllowed(register.read)
    return register


def _kind(register: Register, kind: str) -> type[Record]:
    model = register.kind(kind)
    if model is None:
        raise Http404
    return model


def _row(request: HttpRequest, register: Register, kind: str, key: int) -> Record:
    row: Record | None = register.rows(_kind(register, kind), caller_of(request)).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent; `Refused` when it is none."""
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(_("Lähetä tiedot JSON-oliona."), code="api.json")
    return body


def _written(request: HttpRequest, write: Callable[[], Record]) -> Record:
    """Write once for the header `Idempotency-Key`; without it, as often as one calls."""
    told = request.headers.get("Idempotency-Key")
    if not told:
        return write()
    try:
        key = uuid.UUID(told)
    except ValueError:
        raise Refused(_("Otsake Idempotency-Key on UUID-tunnus."), code="api.idempotency_key") from None
    caller = caller_of(request)
    return actions.once(uuid.uuid5(key, f"{caller.actor_ref} {request.path}"), write, actor=caller)


# Registers ----------------------------------------------------------------------------------------------------------------------


@api.get("/registers")
def registers(request: HttpRequest) -> dict[str, Any]:
    """The registers that the token reads."""
    caller = caller_of(request)
    found = [r for r in REGISTERS.values() if caller.reaches(r.slug) and caller.may(r.read, r)]
    return {"items": [{"slug": r.slug, "title": in_languages(r.title), "kinds": [m._meta.model_name for m in r.models]} for r in found]}


@api.get("/registers/{slug}")
def register(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What a register holds and what can be done in it: kinds, fields with their facts, verbs."""
    return spec.described(_register(request, slug))


@api.get("/registers/{slug}/{kind}")
def records(request: HttpRequest, slug: str, kind: str) -> dict[str, Any]:
    """A list by `q`, filters, `sort` (`name`, `-name`), `limit` and the key `after`; `next` is the key of the following page."""
    one = _register(request, slug)
    model, caller, told = _kind(one, kind), caller_of(request), request.GET
    sort = told.get("sort", "")
    if sort and sort.lstrip("-") not in listing.sortable(model, caller):
        raise Refused(_("Tämän mukaan ei voi järjestää."), code="api.sort", field="sort")
    rows = listing.filtered(one, model, told, caller)
    found, following = _paged(rows, sort, told)
    return {"items": [values.told(row, caller) for row in found], "next": following}


def _paged(rows: Any, sort: str, told: Mapping[str, str]) -> tuple[list[Any], int | None]:
    limit = min(int(told["limit"]), MOST) if told.get("limit", "").isdigit() and told["limit"] != "0" else LIMIT
    after = told.get("after", "")
    rows = listing.beyond(rows, sort, int(after)) if after.isdigit() else rows
    found = list(listing.ordered(rows, sort)[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


@api.post("/registers/{slug}/{kind}")
def add(request: HttpRequest, slug: str, kind: str) -> Any:
    """Add a record of plain values, where the register adds records without a verb."""
    one = _register(request, slug)
    model, caller = _kind(one, kind), caller_of(request)
    if not caller.may(model.write_right(), one):
        raise NotAllowed(model.write_right())
    told = values.read(plain.addable(model), body_of(request))
    made = _written(request, lambda: writing.add(model, told, actor=caller))
    return api.create_response(request, values.told(made, caller), status=201)


@api.get("/registers/{slug}/{kind}/{int:key}")
def record(request: HttpRequest, slug: str, kind: str, key: int) -> dict[str, Any]:
    """One record."""
    return values.told(_row(request, _register(request, slug), kind, key), caller_of(request))


@api.patch("/registers/{slug}/{kind}/{int:key}")
def change(request: HttpRequest, slug: str, kind: str, key: int) -> dict[str, Any]:
    """Change plain values of a record; `version` is the one that was read, and another's change in between is a conflict."""
    one = _register(request, slug)
    row, body, caller = _row(request, one, kind, key), body_of(request), caller_of(request)
    if not caller.may(row.write_right(), one):
        raise NotAllowed(row.write_right())
    version = body.pop("version", None)
    if not isinstance(version, int):
        raise Refused(_("Kerro versio, jonka luit (version)."), code="api.version", field="version")
    told = values.read(plain.editable(type(row)), body)
    return values.told(writing.edit(row, told, version=version, actor=caller), caller)


@api.post("/registers/{slug}/actions/{verb}")
def act(request: HttpRequest, slug: str, verb: str) -> dict[str, Any]:
    """Do a verb of the register."""
    one = _register(request, slug)
    return _acted(request, one, verb, None)


@api.post("/registers/{slug}/{kind}/{int:key}/actions/{verb}")
def act_on(request: HttpRequest, slug: str, kind: str, key: int, verb: str) -> dict[str, Any]:
    """Do a verb to a record."""
    one = _register(request, slug)
    row = _row(request, one, kind, key)
    return _acted(request, one, verb, row)


def _acted(request: HttpRequest, one: Register, verb: str, row: Record | None) -> dict[str, Any]:
    """The verb by the same form, the same right and the same refusals as on its page."""
    info, caller = parts.verb(one, verb), caller_of(request)
    if info is None or parts.model_of(info, one) != (row._meta.model_name if row is not None else ""):
        raise Http404
    if not caller.may(info.needs, row or one):
        raise NotAllowed(info.needs)
    form = action_form(info)({name: values.as_text(value) for name, value in body_of(request).items() if value is not False})
    if not form.is_valid():
        field, problems = next(iter(form.errors.items()))
        raise Refused(" ".join(str(problem) for problem in problems), code="contract.invalid", field=field)
    run: Any = info.run
    done = _written(request, lambda: run(*([row] if row is not None else []), **form.cleaned_data, actor=caller))
    done.refresh_from_db()
    return values.told(done, caller)


# Open data ----------------------------------------------------------------------------------------------------------------------


@api.get("/open/{slug}/{kind}", auth=None)
def open_data(request: HttpRequest, slug: str, kind: str) -> dict[str, Any]:
    """The public fields of records that the register gives as open data; no token. `after` and `limit` page by key."""
    one = REGISTERS.get(slug)
    model = one.kind(kind) if one is not None else None
    if model is None or not model.open_data:
        raise Http404
    bounded(f"open:{vault.fingerprint(address_of(request))[:40]}", OPEN_PER_MINUTE)
    found, following = _paged(model._default_manager.filter(voided_at=None, restricted_at=None), "", request.GET)
    return {"items": [values.openly(row) for row in found], "next": following}
