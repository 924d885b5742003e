"""Sentences of the dated steps in Finnish, Swedish and English, by the key of the step."""

from __future__ import annotations

from kirjaamo.values.language import Text3

_EVENTS = {
    "event_arrival": Text3(
        "Saapui viranomaiselle {day}. Tätä päivää ei lueta määräaikaan.",
        "Inkom till myndigheten {day}. Denna dag räknas inte in i tiden.",
        "Arrived at the authority on {day}. This day is not counted.",
    ),
    "event_sending": Text3(
        "Lähetettiin {day}. Tätä päivää ei lueta määräaikaan.",
        "Sändes {day}. Denna dag räknas inte in i tiden.",
        "Sent on {day}. This day is not counted.",
    ),
    "event_service": Text3(
        "Annettiin tiedoksi {day}. Tätä päivää ei lueta määräaikaan.",
        "Delgavs {day}. Denna dag räknas inte in i tiden.",
        "Served on {day}. This day is not counted.",
    ),
    "event_publication": Text3(
        "Julkaistiin {day}. Tätä päivää ei lueta määräaikaan.",
        "Publicerades {day}. Denna dag räknas inte in i tiden.",
        "Published on {day}. This day is not counted.",
    ),
    "event_decision": Text3(
        "Päätettiin {day}. Tätä päivää ei lueta määräaikaan.",
        "Beslutet fattades {day}. Denna dag räknas inte in i tiden.",
        "Decided on {day}. This day is not counted.",
    ),
    "event_meeting": Text3(
        "Kokous pidetään {day}. Tätä päivää ei lueta määräaikaan.",
        "Sammanträdet hålls {day}. Denna dag räknas inte in i tiden.",
        "The meeting is held on {day}. This day is not counted.",
    ),
    "event_event": Text3(
        "Määräaika lasketaan päivästä {day}. Tätä päivää ei lueta määräaikaan.",
        "Tiden räknas från {day}. Denna dag räknas inte in i tiden.",
        "The time is counted from {day}. This day itself is not counted.",
    ),
}

_SERVICE = {
    "knowledge_presumed": Text3(
        "Tieto katsotaan saaduksi {day}: {days}. päivä, {name}. Määräaika lasketaan sen jälkeen.",
        "Delfåendet anses ha skett {day}: dag {days}, {name}. Tiden räknas därefter.",
        "Deemed to be known on {day}: day {days}, {name}. The time is counted after it.",
    ),
    "knowledge_shown": Text3(
        "Tiedon on näytetty tulleen saaduksi {day}. Määräaika lasketaan sen jälkeen.",
        "Delfåendet har visats ha skett {day}. Tiden räknas därefter.",
        "Shown to have been known on {day}. The time is counted after it.",
    ),
}

# Unit -> how one and how many of it are told, used in all counting sentences.
_UNITS = {
    "days": (
        Text3("{amount} päivä", "{amount} dag", "{amount} day"),
        Text3("{amount} päivää", "{amount} dagar", "{amount} days"),
    ),
    "weeks": (
        Text3("{amount} viikko", "{amount} vecka", "{amount} week"),
        Text3("{amount} viikkoa", "{amount} veckor", "{amount} weeks"),
    ),
    "months": (
        Text3("{amount} kuukausi", "{amount} månad", "{amount} month"),
        Text3("{amount} kuukautta", "{amount} månader", "{amount} months"),
    ),
    "years": (
        Text3("{amount} vuosi", "{amount} år", "{amount} year"),
        Text3("{amount} vuotta", "{amount} år", "{amount} years"),
    ),
    "working_days": (
        Text3("{amount} työpäivä", "{amount} arbetsdag", "{amount} working day"),
        Text3("{amount} työpäivää", "{amount} arbetsdagar", "{amount} working days"),
    ),
    "school_days": (
        Text3("{amount} koulun työpäivä", "{amount} skolarbetsdag", "{amount} school day"),
        Text3("{amount} koulun työpäivää", "{amount} skolarbetsdagar", "{amount} school days"),
    ),
}
_COUNTED = {
    "forward": Text3(
        "Määräaika on {unit}, ja se päättyy {day}.",
        "Tiden är {unit} och går ut {day}.",
        "The time is {unit} and ends on {day}.",
    ),
    "backward": Text3(
        "Määräaika on {unit} ennen päivää, siis viimeistään {day}.",
        "Tiden är {unit} före dagen, alltså senast {day}.",
        "The time is {unit} before the day, so {day} at the latest.",
    ),
}
_MONTH_END = Text3(
    " Kuukaudessa ei ole vastaavaa päivää, joten sen viimeinen päivä on määräpäivä.",
    " Månaden har ingen motsvarande dag, och därför gäller dess sista dag.",
    " The month has no such day, so its last day is the due day.",
)

_ENDS = {
    "rolled": Text3(
        "{day} on {reason}: määräaika siirtyy eteenpäin.",
        "{day} är {reason}: tiden flyttas framåt.",
        "{day} is {reason}: the deadline moves on.",
    ),
    "last_day_office_close": Text3(
        "Viimeinen päivä on {day}, ennen viraston aukioloajan päättymistä.",
        "Sista dagen är {day}, före utgången av öppethållningstiden.",
        "The last day is {day}, before the office closes.",
    ),
    "last_day_end_of_day": Text3(
        "Viimeinen päivä on {day}, vuorokauden loppuun.",
        "Sista dagen är {day}, till dygnets slut.",
        "The last day is {day}, until the end of the day.",
    ),
    "last_day_authority_duty": Text3("Viimeinen päivä on {day}.", "Sista dagen är {day}.", "The last day is {day}."),
    "extended": Text3(
        "Määräaikaa jatkettiin {day}; se oli {strict_due}. Aika lasketaan samasta alusta.",
        "Tiden förlängdes {day}; den var {strict_due}. Tiden räknas från samma början.",
        "Extended on {day}; it was {strict_due}. The time is counted from the same start.",
    ),
    "extended_late": Text3(
        "Määräaikaa jatkettiin vasta {day}, kun se oli jo päättynyt {strict_due}.",
        "Tiden förlängdes först {day}, då den redan hade gått ut {strict_due}.",
        "Extended only on {day}, when it had already ended on {strict_due}.",
    ),
}

_SECRECY = {
    "secrecy_starts": Text3(
        "Asiakirjan päivä on {day}; salassapitoaika lasketaan siitä.",
        "Handlingens datum är {day}; sekretesstiden räknas från det.",
        "The document is dated {day}; the time of secrecy is counted from it.",
    ),
    "secrecy_death": Text3(
        "Henkilö kuoli {day}; salassapitoaika lasketaan siitä.",
        "Personen avled {day}; sekretesstiden räknas från det.",
        "The person died on {day}; the time of secrecy is counted from it.",
    ),
    "secrecy_death_unknown": Text3(
        "Kuolinpäivää ei tiedetä; aika lasketaan asiakirjan päivästä {day}.",
        "Dödsdagen är inte känd; tiden räknas från handlingens datum {day}.",
        "The day of death is not known; the time is counted from the document's date {day}.",
    ),
    "secrecy_ends": Text3(
        "Salassapitoaika on {years} vuotta: viimeinen salassapitopäivä on {day}.",
        "Sekretesstiden är {years} år: sista sekretessdagen är {day}.",
        "The time of secrecy is {years} years: the last day of secrecy is {day}.",
    ),
    "secrecy_event": Text3(
        "Salassapito päättyi {day}, kun tapahtui: {event}.",
        "Sekretessen upphörde {day}, när följande inträffade: {event}.",
        "Secrecy ended on {day}, when this happened: {event}.",
    ),
    "secrecy_until_event": Text3(
        "Salassapito jatkuu, kunnes tapahtuu: {event}.",
        "Sekretessen fortgår tills följande inträffar: {event}.",
        "Secrecy lasts until this happens: {event}.",
    ),
    "secrecy_permanent": Text3("Salassapito ei pääty.", "Sekretessen upphör inte.", "Secrecy does not end."),
    "secrecy_date_missing": Text3(
        "Asiakirjan päivää ei tiedetä, joten päättymistä ei voida laskea: salassapito jatkuu.",
        "Handlingens datum är inte känt och tiden kan inte räknas: sekretessen fortgår.",
        "The date of the document is not known, so no end can be counted: secrecy lasts.",
    ),
    "secrecy_may_continue": Text3(
        "Salassapito voi jatkua, kun asiakirja on yhä käytössä: viranomainen arvioi asian.",
        "Sekretessen kan fortgå medan handlingen ännu används: myndigheten bedömer saken.",
        "Secrecy may last while the document is in use: the authority assesses it.",
    ),
}


def _counted(direction: str, unit: Text3, *, month_end: bool) -> Text3:
    """Put a counting sentence together of its direction, unit and month-end remark."""

    def join(language: str) -> str:
        sentence = _COUNTED[direction].pick(language)
        remark = _MONTH_END.pick(language) if month_end else ""
        return sentence.replace("{unit}", unit.pick(language)) + remark

    return Text3(join("fi"), join("sv"), join("en"))


def counted_key(direction: str, unit: str, amount: int, *, month_end: bool) -> str:
    """Name the counting sentence: its direction, its unit, one or many, the month's end."""
    number = "one" if amount == 1 else "many"
    return f"counted_{direction}_{unit}_{number}" + ("_month_end" if month_end else "")


STEP_TEXTS = (
    _EVENTS
    | _SERVICE
    | _ENDS
    | _SECRECY
    | {
        counted_key(direction, unit, amount, month_end=month_end): _counted(direction, texts[amount - 1], month_end=month_end)
        for direction in _COUNTED
        for unit, texts in _UNITS.items()
        for amount in (1, 2)
        for month_end in (False, True)
    }
)
