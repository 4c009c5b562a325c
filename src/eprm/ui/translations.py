"""The interface's languages: what is not translated yet, and the compiled files Django reads.

English stands in the code; each app keeps its own `locale/<language>/LC_MESSAGES/django.po`. The `.mo` beside it is
built on the machine that runs it and never committed. Needs no gettext programs, only Babel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import click
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

LANGUAGES = ("fr", "es")
# Begun: an app is translated whole or not at all, so that what is begun cannot rot. An app joins by its folder.
BEGUN = ("pt", "sw")
# Swahili whose rest is French is no catalogue of its own: it is compiled from the other two.
FILLED = {"sw_CD": ("sw", "fr")}
COMMON = "ui"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Id = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A string of an app that one of its languages lacks, and the place it stands; `why` "missing" or "fuzzy"."""

    app: str
    language: str
    where: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ToldApart:
    """The same words in the same context with two translations in one language: by translation, the apps."""

    text: str
    context: str | None
    said: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def words(self) -> str:
        about = f" ({self.context})" if self.context else ""
        return (
            f"“{self.text}”{about} is " + "; ".join(f"“{said}” in {', '.join(apps)}" for said, apps in self.said) + "."
        )


def compile_all(root: Path) -> list[Path]:
    """Write the `.mo` of every `.po` under `root` that is newer than it, then FILLED's. Returns the files."""
    written = []
    for source in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with compiled.open("wb") as out:
            write_mo(out, _catalog(source))
        written.append(compiled)
    for language, (tongue, second) in FILLED.items():
        written += _fill(root, language, tongue, second)
    return written


def _fill(root: Path, language: str, tongue: str, second: str) -> list[Path]:
    """Write what no app has in `tongue` as `language`, in the second language's words and with its plurals.

    Django looks in "sw_CD" first and in "sw" after it, so the two never meet in one file.
    """
    own = sorted(root.glob(f"**/locale/{tongue}/LC_MESSAGES/django.po"))
    others = sorted(root.glob(f"**/locale/{second}/LC_MESSAGES/django.po"))
    targets = {source: source.parents[2] / language / "LC_MESSAGES/django.mo" for source in others}
    newest = max((source.stat().st_mtime_ns for source in [*own, *others]), default=0)
    if all(target.exists() and target.stat().st_mtime_ns >= newest for target in targets.values()):
        return []
    said = {(text, message.context) for source in own for message in _catalog(source) if (text := _text(message.id))}
    for source, target in targets.items():
        catalog = _catalog(source)
        for message in list(catalog):
            if message.id and (_text(message.id), message.context) in said:
                catalog.delete(message.id, message.context)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            write_mo(out, catalog)
    return list(targets.values())


def missing(root: Path) -> list[Missing]:
    """Every string of every app under `root` (the folder of the apps) that one of the app's languages lacks."""
    found = []
    for app in sorted(path.parent for path in root.glob("*/apps.py")):
        used = {(context, text): where for where, context, text in strings_of(app)}
        for language in languages_of(app) if used else ():
            path = app / "locale" / language / "LC_MESSAGES/django.po"
            catalog = _catalog(path) if path.exists() else Catalog(locale=language)
            for (context, text), where in used.items():
                if why := _lacks(catalog.get(_text(text), context)):
                    found.append(Missing(app.name, language, where, _text(text), why))
    for language in BEGUN:
        path = root / COMMON / "locale" / language / "LC_MESSAGES/django.po"
        catalog = _catalog(path) if path.exists() else None
        for where, context, text in registered(root, language) if catalog else ():
            if why := _lacks(catalog.get(_text(text), context)):
                found.append(Missing(COMMON, language, where, _text(text), why))
    return sorted(found)


def registered(root: Path, language: str) -> Iterator[tuple[str, str | None, Id]]:
    """What apps that are not in a begun language register: menus, what waits, kinds of mail. Everybody's pages show it.

    Place, context and text; their translations stand in COMMON's catalogue until the app has one of its own.
    """
    for app in sorted(path.parent for path in root.glob("*/apps.py")):
        if language not in languages_of(app):
            yield from (
                (f"{app.name}/apps.py:{line}", context, text) for line, context, text in _marked(app / "apps.py")
            )


def languages_of(app: Path) -> tuple[str, ...]:
    """The languages an app's words must all stand in: LANGUAGES, and those of BEGUN it has a folder for."""
    return (*LANGUAGES, *(language for language in BEGUN if (app / "locale" / language).is_dir()))


def told_apart(root: Path, language: str) -> list[ToldApart]:
    """What the apps under `root` translate differently. Django reads the first app's translation for all of them."""
    said: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    for path in sorted(root.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        for message in _catalog(path):
            if message.id and not _lacks(message):
                text = _text(message.id)
                forms = message.string if isinstance(message.string, str) else " / ".join(message.string)
                said.setdefault((text, message.context), {}).setdefault(forms, []).append(path.parts[-5])
    return [
        ToldApart(text, context, tuple((forms, tuple(apps)) for forms, apps in by_forms.items()))
        for (text, context), by_forms in sorted(said.items(), key=lambda found: (found[0][0], found[0][1] or ""))
        if len(by_forms) > 1
    ]


def add_missing(app: Path) -> int:
    """Put what an app's languages lack into its `.po` files, still empty. Returns how many strings were added."""
    added = 0
    own = {(context, text) for _where, context, text in strings_of(app)}
    for language in languages_of(app):
        others = registered(app.parent, language) if app.name == COMMON and language in BEGUN else ()
        strings = own | {(context, text) for _where, context, text in others}
        path = app / "locale" / language / "LC_MESSAGES/django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = _catalog(path) if path.exists() else _new_catalog(language)
        for context, text in strings:
            if catalog.get(_text(text), context) is None:
                catalog.add(text, context=context, flags={"python-format"} if _has_values(text) else ())
                added += 1
        with path.open("wb") as out:
            write_po(out, catalog, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    return added


def strings_of(app: Path) -> Iterator[tuple[str, str | None, Id]]:
    """Place, context and text (a pair where there is a plural) of each string an app's code and templates mark."""
    for path in sorted([*app.glob("**/*.py"), *app.glob("**/templates/**/*.html"), *app.glob("**/templates/**/*.txt")]):
        for line, context, text in _marked(path):
            yield f"{path.relative_to(app)}:{line}", context, text


def _marked(path: Path) -> Iterator[tuple[int, str | None, Id]]:
    source = path.read_text(encoding="utf-8")
    # What is not marked in a template is blanked out; its indentation would be read as Python's.
    python = source if path.suffix == ".py" else "\n".join(map(str.lstrip, templatize(source).split("\n")))
    for line, text, _comments, context in extract("python", BytesIO(python.encode()), KEYWORDS):
        yield line, context, text if isinstance(text, str) else tuple(text)


def _lacks(message: Message | None) -> str:
    if message is None:
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return "" if all(forms) else "missing"


def _catalog(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source)


def _new_catalog(language: str) -> Catalog:
    return Catalog(
        locale=language,
        header_comment=f"# The interface in {Locale(language).english_name}.",
        project="EPRM",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
    )


def _text(of: Id) -> str:
    return of if isinstance(of, str) else of[0]


def _has_values(text: Id) -> bool:
    return "%(" in _text(text)


@click.command()
@click.argument("app", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(app: Path) -> None:
    """Add the strings of APP (a folder such as src/eprm/ui) that its languages lack, for you to translate."""
    click.echo(f"{add_missing(app)} strings to translate in {app / 'locale'}")


if __name__ == "__main__":
    main()
