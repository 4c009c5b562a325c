"""`lode`: minerals declarations on the command line. Each command is a module of `lode.commands`, found by its name.

Standard output is data; what goes wrong is a sentence on standard error.
Exit codes: 0 nothing found, 1 findings, 2 the file cannot be read.
"""

from __future__ import annotations

import importlib
import pkgutil

import click

from lode import commands


class CommandModules(click.Group):
    """The modules of `lode.commands`, each holding one click command named `command`.

    A module is imported only when its command is asked for: reading a file does not wait for the matcher's libraries.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__) if module.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{commands.__name__}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=CommandModules, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="eprm", prog_name="lode")
def cli() -> None:
    """Read, check, write and compare conflict-minerals declarations (CMRT, EMRT, CRT, AMRT).

    \b
    lode read supplier.xlsx               what the declaration says, as JSON
    lode check supplier.xlsx              what is wrong with it, by cell, and how to mend it
    lode register RMI_CMRT_6.5.xlsx --out register.json
    lode match names.csv --register register.json
                                          which smelter each name means, with reasons

    Exit code 0: nothing found; 1: findings; 2: the file cannot be read.
    """


def main() -> None:
    """The console script."""
    cli(prog_name="lode")
