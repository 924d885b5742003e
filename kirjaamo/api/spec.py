"""What the API says of itself: each register's kinds, fields and verbs, and the OpenAPI document made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from kirjaamo.contract import derived, listing, parts, plain, typed
from kirjaamo.contract.forms import action_form
from kirjaamo.contract.languages import in_languages
from kirjaamo.contract.register import REGISTERS
from kirjaamo.kernel.facts import facts_of
from kirjaamo.kernel.fields import Period

if TYPE_CHECKING:
    from kirjaamo.contract.record import Record
    from kirjaamo.contract.register import Register
    from kirjaamo.kernel.actions import ActionInfo

Schema = dict[str, Any]
LINK: Schema = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
PERIOD: Schema = {
    "type": "object",
    "properties": {"first": {"type": "string", "format": "date"}, "last": {"type": "string", "format": "date"}},
}
SCHEMAS: tuple[tuple[type | tuple[type, ...], Schema], ...] = (
    (models.ForeignKey, LINK),
    (Period, PERIOD),
    (models.JSONField, {"type": "object"}),
    (models.BooleanField, {"type": "boolean"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.DecimalField, {"type": "string", "format": "decimal"}),
    (models.IntegerField, {"type": "integer"}),
)
ERROR: Schema = {
    "type": "object",
    "required": ["code", "sentence"],
    "properties": {name: {"type": "string"} for name in ("code", "sentence", "section", "field")},
}


def schema_of(field: models.Field[Any, Any]) -> Schema:
    """The JSON schema of a field: its type, its codes, and the facts that it declares."""
    facts = facts_of(field)
    found: Schema = next((dict(schema) for kind, schema in SCHEMAS if isinstance(field, kind)), {"type": "string"})
    if field.choices:
        found["enum"] = [str(code) for code, _label in field.flatchoices]
    told = {"title": str(field.verbose_name), "x-publicity": facts.publicity.value, "x-grounds": list(facts.grounds)}
    return found | told | ({"nullable": True} if field.null or not facts.open else {})


def described(register: Register) -> dict[str, Any]:
    """A register for a program: its kinds with fields, filters and sortings, and its verbs with what each asks for."""
    return {
        "slug": register.slug,
        "title": in_languages(register.title),
        "purpose": in_languages(register.purpose),
        "kinds": [_kind(register, model) for model in register.models],
        "actions": [_verb(info, register) for info in parts.infos(register)],
    }


def _kind(register: Register, model: type[Record]) -> dict[str, Any]:
    return {
        "kind": model._meta.model_name,
        "title": in_languages(model.label),
        "fields": {f.name: schema_of(f) for f in derived.own_fields(model)},
        "filters": list(listing.filters_of(register, model)),
        "adds": list(plain.addable(model)),
        "edits": list(plain.editable(model)),
        "open_data": model.open_data,
    }


def _verb(info: ActionInfo, register: Register) -> dict[str, Any]:
    return {
        "action": info.name.rsplit(".", 1)[1],
        "title": in_languages(info.label),
        "on": parts.model_of(info, register) or None,
        "needs": info.needs,
        "asks": {name: _asked(field) for name, field in action_form(info)().fields.items()},
    }


def _asked(field: forms.Field) -> Schema:
    kinds: tuple[tuple[type[forms.Field], Schema], ...] = (
        (forms.BooleanField, {"type": "boolean"}),
        (forms.DateField, {"type": "string", "format": "date"}),
        (forms.DecimalField, {"type": "string", "format": "decimal"}),
        (forms.IntegerField, {"type": "integer"}),
    )
    found: Schema = next((dict(schema) for kind, schema in kinds if isinstance(field, kind)), {"type": "string"})
    if isinstance(field, forms.ChoiceField):
        found["enum"] = [str(code) for code, _label in list(field.choices)]  # type: ignore[arg-type]
    return found | {"title": str(field.label), "description": str(field.help_text), "x-required": field.required}


# The OpenAPI document -----------------------------------------------------------------------------------------------------------


def document(server: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of this installation: one path for each kind of record and each verb."""
    paths: dict[str, Any] = {}
    for register in REGISTERS.values():
        for model in register.models:
            paths |= _paths_of_kind(register, model)
        for info in parts.infos(register):
            paths |= _path_of_verb(register, info)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kirjaamo", "version": "1", "description": _("Rekisterit, avoin data ja järjestelmien tapahtumat.")},
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": paths | _fixed_paths(),
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": {"Error": ERROR}},
    }


def _paths_of_kind(register: Register, model: type[Record]) -> dict[str, Any]:
    base, title = f"/registers/{register.slug}/{model._meta.model_name}", str(model.plural or model.label)
    record = {
        "type": "object",
        "properties": {
            "id": {"type": "integer"},
            "version": {"type": "integer"},
            "case": {"type": "string"},
            "fields": _object({f.name: f for f in derived.own_fields(model)}),
        },
    }
    page = {"type": "object", "properties": {"items": {"type": "array", "items": record}, "next": {"type": "integer", "nullable": True}}}
    filters = [_query(name) for name in ("q", "sort", "after", "limit", *listing.filters_of(register, model))]
    listed: dict[str, Any] = {"get": _call(title, register, page, parameters=filters)}
    one: dict[str, Any] = {"get": _call(str(model.label), register, record, parameters=[KEY])}
    if fields := plain.addable(model):
        listed["post"] = _call(_("Lisää"), register, record, body=_object(fields, needed=True))
    if fields := plain.editable(model):
        version: Schema = {"type": "object", "required": ["version"], "properties": {"version": {"type": "integer"}}}
        body = _object(fields)
        version["properties"] |= body["properties"]
        one["patch"] = _call(_("Muuta tietoja"), register, record, body=version, parameters=[KEY])
    found = {base: listed, f"{base}/{{key}}": one}
    if model.open_data:
        public = _object({f.name: f for f in derived.own_fields(model) if facts_of(f).open})
        found[f"/open/{register.slug}/{model._meta.model_name}"] = {
            "get": _call(title, register, public, parameters=filters[2:4]) | {"security": []}
        }
    return found


def _path_of_verb(register: Register, info: ActionInfo) -> dict[str, Any]:
    told = _verb(info, register)
    on = f"/{told['on']}/{{key}}" if told["on"] else ""
    asked = told["asks"]
    body = {"type": "object", "required": [name for name, one in asked.items() if one["x-required"]], "properties": asked}
    call = _call(str(info.label), register, {"type": "object"}, body=body, parameters=[KEY] if on else [])
    return {f"/registers/{register.slug}{on}/actions/{told['action']}": {"post": call}}


def _fixed_paths() -> dict[str, Any]:
    needed = ["key", "kind", "case", "at"]
    texts = {name: {"type": "string"} for name in (*needed, "title", "class_code", "initiator")}
    document = {"type": "object", "required": ["title", "type"], "properties": {n: {"type": "string"} for n in ("title", "type", "sender")}}
    more = {"label": {"type": "object"}, "documents": {"type": "array", "items": document}}
    body: Schema = {"type": "object", "required": needed, "properties": texts | more}
    call = _call(_("Järjestelmän tapahtuma"), None, {"type": "object"}, body=body, parameters=[_query("slug", where="path")])
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    call["requestBody"]["content"]["multipart/form-data"] = {"schema": {"type": "object", "properties": {"event": body, "file": files}}}
    return {"/systems/{slug}/events": {"post": call}}


KEY: Schema = {"name": "key", "in": "path", "required": True, "schema": {"type": "integer"}}


def _query(name: str, *, where: str = "query") -> Schema:
    return {"name": name, "in": where, "required": where == "path", "schema": {"type": "string"}}


def _object(fields: Mapping[str, models.Field[Any, Any]], *, needed: bool = False) -> Schema:
    required = [name for name, field in fields.items() if typed.needed(field)] if needed else []
    return {"type": "object", "properties": {name: schema_of(f) for name, f in fields.items()}} | (
        {"required": required} if required else {}
    )


def _call(
    title: str, register: Register | None, answer: Schema, *, body: Schema | None = None, parameters: list[Schema] | None = None
) -> Schema:
    error = {
        "description": _("Virhe: koodi ja lause, joka kertoo, mitä tehdä"),
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    call: Schema = {
        "summary": title,
        "tags": [register.slug if register else "systems"],
        "parameters": parameters or [],
        "responses": {"2XX": {"description": "OK", "content": {"application/json": {"schema": answer}}}, "4XX": error},
    }
    return call | ({"requestBody": {"content": {"application/json": {"schema": body}}}} if body else {})
