"""`lode findings`: every finding code with its meaning, source and remedy; `docs/findings.md` is its output."""

from __future__ import annotations

from collections.abc import Iterator

import click

from lode.findings import Rule, catalogue

_HEAD = """# Findings

Every code this platform can give, in the order of the codes: what it means, where it comes from, what to do. Built by
`lode findings` from the catalogue in `src/lode/data/findings/`; a test holds this page equal to it.

Levels: **error** stops a declaration from being accepted; **warning** should be mended; **plausibility** should be
asked about; **note** asks for nothing. Kinds: **parity** is counted by the template's own Checker; **template** is
asked by its formats and instructions; **plausibility** is asked by nobody but a careful reader. `{name}` stands for a
value found."""


@click.command("findings", short_help="Every finding code with its meaning and remedy, as a Markdown page.")
def command() -> None:
    """Print the page of every finding code: what it means, its source, what to do.

    \b
    lode findings > docs/findings.md
    """
    click.echo(page(), nl=False)


def page() -> str:
    """The page as Markdown."""
    return "\n\n".join([_HEAD, *_entries()]) + "\n"


def _entries() -> Iterator[str]:
    area = ""
    for code, rule in sorted(catalogue().items()):
        if (prefix := code.partition("-")[0]) != area:
            area = prefix
            yield f"## {area}"
        yield _entry(rule)


def _entry(rule: Rule) -> str:
    return "\n\n".join(
        [
            f"### {rule.code}",
            f"**{rule.title['en']}.** {rule.message['en']}",
            f"What to do: {rule.fix['en']}",
            f"{rule.level.capitalize()}, {rule.kind}. Source: {rule.source}",
        ]
    )
