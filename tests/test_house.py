"""The few house rules that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from lode.findings import catalogue

ROOT = Path(__file__).resolve().parent.parent
NAMES_NO_PLACE = {"services", "utils", "helpers", "common", "managers"}
TEXTS = {".py", ".toml", ".md", ".txt", ".html", ".css", ".js", ".json", ".yaml", ".yml", ".cfg", ".po"}


def tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.suffix in (endings or TEXTS) and path.exists()]


def paths_named_in(page: str) -> set[str]:
    return set(
        re.findall(r"`((?:src|tests|docs|bench|deploy|requirements)/[\w./<>*-]+)`", (ROOT / page).read_text("utf-8"))
    )


@pytest.mark.parametrize("page", ["docs/map.md", "docs/glossary.md", "docs/security.md", "docs/operations.md"])
def test_docs_name_only_files_that_exist(page):
    lost = {path for path in paths_named_in(page) if not list(ROOT.glob(path.rstrip("/")))}

    assert lost == set()


def test_map_leads_to_every_app_and_every_package_of_lode():
    named = " ".join(paths_named_in("docs/map.md"))
    rooms = {p.parent for p in (ROOT / "src").glob("*/*/__init__.py")}

    assert {str(room.relative_to(ROOT)) for room in rooms if str(room.relative_to(ROOT)) not in named} == set()


def test_files_have_names_of_places():
    assert {path for path in tracked(".py") if path.stem in NAMES_NO_PLACE} == set()


def test_files_are_short():
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked(".py")
        if "migrations" not in path.parts and (count := path.read_text("utf-8").count("\n")) > 400
    }

    assert long == {}


def test_functions_are_short():
    long = []
    for path in tracked(".py"):
        if ROOT / "src" not in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")

    assert long == []


def test_views_query_through_queries():
    """A view that reads `Model.objects` has passed by what the person may see."""
    views = [
        p for p in tracked(".py") if ROOT / "src" in p.parents and ("views" in p.parts or p.stem in {"views", "api"})
    ]

    assert {str(p.relative_to(ROOT)) for p in views if ".objects" in p.read_text("utf-8")} == set()


def test_templates_style_and_script_nothing_inline():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE)
    pages = [
        p for p in tracked(".html") if inline.search(re.sub(r"{#.*?#}", "", p.read_text("utf-8"), flags=re.DOTALL))
    ]

    assert pages == []


def test_nothing_carries_a_machine_or_a_registry():
    registry = re.compile(r"--(extra-)?index-url\s+\S|\"resolved\": \"http|registry = \"http")
    machine = re.compile(r"(?<![\w./-])/(work|root|farm)/[\w.-]+")
    here = Path(__file__)
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path != here and (registry.search(text := path.read_text("utf-8", "replace")) or machine.search(text))
    ]

    assert found == []


def test_findings_are_worded_in_three_languages():
    lacking = [
        (code, part, language)
        for code, rule in catalogue().items()
        for part in ("title", "message", "fix")
        for language in ("en", "fr", "es")
        if not getattr(rule, part).get(language)
    ]

    assert lacking == []


def test_findings_take_the_same_values_in_every_language():
    names = re.compile(r"{(\w+)}")
    differing = [
        (code, part)
        for code, rule in catalogue().items()
        for part in ("title", "message", "fix")
        if len({frozenset(names.findall(text)) for text in getattr(rule, part).values()}) > 1
    ]

    assert differing == []


def test_changelog_tags_each_line():
    lines = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("- ")]

    assert [line for line in lines if not re.match(r"- \[\w+\] .+", line)] == []
