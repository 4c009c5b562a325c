"""What the platform comes with: the lists it knows, and the dated rows of those whose facts may be passed on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lode import area_list, eu2017821

SHIPPED_LISTS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "data" / "lists.toml").read_text("utf-8")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedRows:
    """The rows of one list as lode ships them. `published_on` is the day of the newest edition they tell of."""

    key: str
    content: bytes
    edition: str
    published_on: date
    partial: bool
    note: str


SHIPPED_ROWS = (
    ShippedRows(
        key="cahra-eu",
        content=area_list.shipped("eu"),
        edition="update 18, in part",
        published_on=date(2025, 6, 30),
        partial=True,
        note=(
            "The countries of the first list (17 December 2020) and the regions that updates 15, 17 and 18 added or"
            " removed, as public pages tell. A country row means that the list names regions of it. Between 2020 and"
            " update 15 at least one country left the list; the pages do not say which."
        ),
    ),
    ShippedRows(
        key="covered-1502",
        content=area_list.shipped("1502"),
        edition="section 1502",
        published_on=date(2010, 7, 21),
        partial=False,
        note="The Democratic Republic of the Congo and the nine countries that share a border with it.",
    ),
    ShippedRows(
        key="thresholds-eu",
        content=eu2017821.shipped(),
        edition="2017/821, amended by 2020/1588",
        published_on=date(2020, 11, 19),
        partial=False,
        note=(
            "Rows marked unverified still have to be compared with the consolidated text, CELEX 02017R0821-20201119."
        ),
    ),
)
