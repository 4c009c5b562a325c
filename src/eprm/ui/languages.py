"""The languages a reader can choose: those that are complete, those that are begun, and what a begun one falls back to.

English, French and Spanish are complete. Swahili and Portuguese are begun: the apps whose `locale/` holds them are
translated whole, the others are shown in a second language (docs/decisions/0050). Swahili stands twice in the menu, by
its second language: English for East Africa, French for DR Congo ("sw-cd").
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

SOURCE = "en"


def second_language(language: str | None = None) -> str:
    """The complete language in which the reader (or one of `language`) is told what their own does not hold yet.

    Use it for words that are kept by language in rows and data files, for reports and for letters to third parties:
    "fr" stays "fr", "sw-cd" is "fr", "pt" is "en".
    """
    language = language or get_language() or SOURCE
    found = settings.BEGUN_LANGUAGES.get(language, tongue(language))
    return found if found in complete() else SOURCE


def tongue(language: str | None = None) -> str:
    """The language alone, as posts and pages are kept by it: "sw-cd" is "sw"."""
    return (language or get_language() or SOURCE).partition("-")[0]


def reading_order(language: str | None = None) -> tuple[str, ...]:
    """The languages in which a page or an item is looked for, best first: "sw-cd" as ("sw", "fr")."""
    return tuple(dict.fromkeys((tongue(language), second_language(language))))


def spoken_as(tongues: Iterable[str]) -> list[str]:
    """The languages people may have chosen who speak one of these: "sw" as "sw" and "sw-cd"."""
    wanted = set(tongues)
    return [code for code, _name in settings.LANGUAGES if tongue(code) in wanted]


def is_begun(language: str | None = None) -> bool:
    return (language or get_language()) in settings.BEGUN_LANGUAGES


def complete() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES if code not in settings.BEGUN_LANGUAGES)


def complete_choices() -> list[tuple[str, object]]:
    """For forms that choose in what language the platform itself writes: a report, a mail to somebody outside."""
    return [(code, name) for code, name in settings.LANGUAGES if code not in settings.BEGUN_LANGUAGES]


def written_choices() -> list[tuple[str, object]]:
    """For forms that say in what language a person wrote: each language once, whatever it falls back to."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def own_name(language: str) -> str:
    """The language's name in itself; a begun one with what the rest is in: "Kiswahili + français"."""
    own, second = tongue(language), settings.BEGUN_LANGUAGES.get(language)
    name = _named(own)
    name = name[:1].upper() + name[1:]
    return f"{name} + {_named(second)}" if second else name


def _named(language: str) -> str:
    return Locale.parse(language).get_display_name(language) or language


@cache
def share(language: str) -> int:
    """How many per cent of the interface's words are in a begun language, rounded down; 100 for a complete one."""
    if not is_begun(language):
        return 100
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs() if app.name.startswith("eprm.")]
    done, of_all = (sum(_words_in(folder, code) for folder in folders) for code in (tongue(language), "fr"))
    return done * 100 // of_all


def _words_in(folder: Path, language: str) -> int:
    path = folder / language / "LC_MESSAGES/django.po"
    if not path.exists():
        return 0
    with path.open("rb") as source:
        texts = [message.id for message in read_po(source) if message.id and message.string]
    return sum(len((text if isinstance(text, str) else text[0]).split()) for text in texts)


def is_translated(app: str, language: str | None = None) -> bool:
    """Whether the pages of an app ("diligence") are in the language; those of packages never are in a begun one."""
    language = language or get_language() or SOURCE
    if not is_begun(language):
        return True
    return app in _apps_in(tongue(language))


@cache
def _apps_in(language: str) -> frozenset[str]:
    ours = (app for app in apps.get_app_configs() if app.name.startswith("eprm."))
    return frozenset(app.label for app in ours if (Path(app.path) / "locale" / language).is_dir())


def asked_for(header: str) -> str:
    """The language of a page for the Accept-Language header of somebody who has chosen none.

    A begun language only for readers who put it first: who names it second is served better by a complete one.
    Swahili without a country goes with French where the header names French before English.
    """
    named = [code for code, _weight in parse_accept_lang_header(header.lower())]
    found = [_variant(code) for code in named]
    whole = next((code for code in found if code and not is_begun(code)), SOURCE)
    first = found[0] if found else None
    if first is None or not is_begun(first):
        return whole
    if named[0] != first or "-" in first:
        return first
    alike = (code for code in settings.BEGUN_LANGUAGES if tongue(code) == first)
    return next((code for code in alike if second_language(code) == whole), first)


def _variant(code: str) -> str | None:
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None
