"""The tags and filters of `docs/guides/pages.md`. Built in (settings TEMPLATES), so that no template loads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django_filters import FilterSet

from eprm.ui import assets, charts, clocks, icons, languages, maps, navigation, panels, parts, plots, words
from eprm.ui.bounds import Bounds
from eprm.ui.charts import Chart
from eprm.ui.maps import Map
from eprm.ui.table_page import page_of
from eprm.ui.tables import Empty, Table
from eprm.ui.theme import theme_of

register = template.Library()

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.sprite, name="sprite")
register.simple_tag(parts.el, name="el")
register.simple_tag(parts.status, name="status")
register.simple_tag(words.number, name="number")
register.filter("number", words.number)
register.filter("percent", words.percent)
register.filter("bytes", words.size)
register.filter("country", words.country)
register.filter("mineral", parts.mineral_name)
register.filter("own_name", languages.own_name)


@register.filter
def day(on: date | datetime | None) -> SafeString | str:
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), words.day(on)) if on else ""


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), words.moment(at)) if at else ""


@register.filter
def moment_in(at: datetime | None, zone: str) -> SafeString | str:
    """The moment by the reader's clock if they chose one, else by that of `zone`."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), clocks.moment_in(at, zone)) if at else ""


# The frame of a page.


@register.simple_tag
def stylesheet_url() -> str:
    return reverse("ui:css", args=[assets.stylesheet().digest])


@register.simple_tag
def script(path: str) -> SafeString:
    """A script of our own static files, which the browser runs only if it is the one we have."""
    return format_html('<script src="{}" integrity="{}" defer></script>', static(path), assets.integrity(path))


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """ "light" or "dark" where the person chose it, else nothing."""
    return theme_of(context["request"]) if "request" in context else ""


@register.simple_tag(takes_context=True)
def repeat(context: Context, block: str) -> SafeString:
    """The content of a block again: a page says its title once, for the window and for the heading."""
    return context.render_context[BLOCK_CONTEXT_KEY].get_block(block).render(context)


@register.simple_block_tag
def wrap(content: str, tag: str, css_class: str) -> SafeString | str:
    """The element around the content; nothing at all around nothing."""
    inner = content.strip()
    if not inner:
        return ""
    return format_html('<{0} class="{1}">{2}</{0}>', tag, css_class, mark_safe(inner))  # noqa: S308 rendered template


@register.inclusion_tag("ui/_head.html", takes_context=True)
def site_head(context: Context) -> dict[str, Any]:
    """Mark, areas, language and appearance, and the person's menu."""
    request: HttpRequest = context["request"]
    pages = navigation.pages_for(request)
    return {
        "request": request,
        "areas": navigation.areas_for(request),
        "pages": [page for page in pages if not page.office],
        "office_pages": [page for page in pages if page.office],
        "account": navigation.pages_for(request, navigation.ACCOUNT),
        "searches": navigation.pages_for(request, navigation.SEARCH),
        "person": request.user,
        "organisation": getattr(request, "organisation", None),
        "attention": navigation.attention_count(request.user),
        "theme": theme_of(request),
    }


@register.inclusion_tag("ui/_begun.html", takes_context=True)
def begun_language(context: Context) -> dict[str, Any]:
    """One line on every page in a language that is begun: how far it is, and what the rest is in."""
    if not languages.is_begun():
        return {}
    second = words.language_name(languages.second_language())
    share = languages.share(get_language() or languages.SOURCE)
    return {"second": second, "share": share, "translated": languages.is_translated(_app_of(context))}


@register.simple_tag(takes_context=True)
def main_language(context: Context) -> SafeString | str:
    """The language of a page's own words, where its app is not in the reader's: for voices, hyphens and translators."""
    if languages.is_translated(_app_of(context)):
        return ""
    return format_html(' lang="{}"', languages.second_language())


def _app_of(context: Context) -> str:
    """The app whose page this is; "people" for the pages of accounts, which are allauth's in our words."""
    match = getattr(context.get("request"), "resolver_match", None)
    return match.namespace if match and match.namespace else "people"


@register.inclusion_tag("ui/_foot.html", takes_context=True)
def site_foot(context: Context) -> dict[str, Any]:
    """Whose platform it is, whether its figures are invented, and the pages that belong to no area."""
    links = navigation.pages_for(context["request"], navigation.FOOT)
    return {"links": links, "demo": getattr(settings, "DEMO", False)}


@register.inclusion_tag("ui/_messages.html", takes_context=True)
def page_messages(context: Context) -> dict[str, Any]:
    """What has just happened, each with the way to take it back."""
    return {"messages": list(get_messages(context["request"])), "request": context["request"]}


@register.simple_tag
def crumbs(*words_and_urls: Any) -> SafeString | str:
    """Label, url, label, url ...; a last label alone is this page. A url may be the name of a route."""
    items = list(words_and_urls)
    pairs = [(items[i], items[i + 1]) for i in range(0, len(items) - 1, 2)]
    html = [format_html('<li><a href="{}">{}</a></li>', _address(url), label) for label, url in pairs]
    if len(items) % 2:
        html.append(format_html('<li><span aria-current="page">{}</span></li>', items[-1]))
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol role="list">{}</ol></nav>',
        _("Breadcrumb"),
        mark_safe("".join(html)),  # noqa: S308 joined from format_html
    )


def _address(url: Any) -> str:
    text = str(url)
    return text if text.startswith(("/", "?", "#", "http")) else reverse(text)


@register.simple_tag
def colon() -> str:
    """The colon between a name and what is told of it: French sets a no-break space before it."""
    return pgettext("punctuation", ":")


# Parts.


@register.inclusion_tag("ui/_finding.html")
def finding(found: parts.Found, url: str = "", heading: str = "h3") -> dict[str, Any]:
    return {"finding": parts.shown_finding(found), "url": url, "heading": heading}


@register.inclusion_tag("ui/_findings.html")
def findings(found: Iterable[parts.Found], heading: str = "h3") -> dict[str, Any]:
    return {"findings": list(found), "heading": heading}


@register.inclusion_tag("ui/_steps.html")
def steps(these: Iterable[parts.Step], label: str = "") -> dict[str, Any]:
    return {"steps": these, "label": label or _("Progress")}


@register.inclusion_tag("ui/_bounds.html")
def bounds(low: float, high: float, mineral: str = "", total: str = "", heading: str = "p") -> dict[str, Any]:
    """A share with what is not known left visible; fractions of 0 to 1."""
    return {"bounds": Bounds(low, high, mineral), "total": total, "heading": heading}


@register.simple_tag(takes_context=True, name="panels")
def panels_tag(context: Context, place: str, shown: object) -> SafeString:
    """Every panel registered for this place, drawn with its own template."""
    request = context["request"]
    html = []
    for panel in panels.panels_of(place):
        rows = panel.query(shown, request.user)
        partial = context.template.engine.get_template(panel.template)
        with context.push(rows=rows, object=shown, label=panel.label):
            html.append(partial.render(context))
    return mark_safe("".join(html))  # noqa: S308 rendered templates


# Forms, tables, charts, maps.


@register.inclusion_tag("ui/_form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """The summary of what is to be mended, each line leading to its field."""
    return {"form": form, "count": sum(len(errors) for errors in form.errors.values())}


@register.inclusion_tag("ui/_table.html", takes_context=True)
def table(context: Context, this: Table, shape: str = "") -> dict[str, Any]:
    """The table with its heading, files, pages and source; with "bare" a caption instead of the heading."""
    empty = this.empty or Empty(title=_("Nothing here yet"))
    return {"page": page_of(context["request"], this), "headed": shape != "bare", "empty": empty}


@register.inclusion_tag("ui/_filters.html", takes_context=True)
def filters(context: Context, filterset: FilterSet) -> dict[str, Any]:
    """The filters as a form whose answer is an address; the order of the table stays."""
    request = context["request"]
    return {"form": filterset.form, "path": request.path, "sort": request.GET.get("sort", "")}


@register.inclusion_tag("ui/_chart.html")
def chart(this: Chart) -> dict[str, Any]:
    """The chart with its key, its figures as a table, its source and its CSV."""
    rows = [(label, [charts.said(value) for value in values]) for label, values in charts.rows(this)]
    return {
        "chart": this,
        "plot": None if this.is_empty else plots.draw(this),
        "description": charts.description(this),
        "key": plots.key(this),
        "columns": [(series.name, charts.unit_beside(this, series)) for series in this.series],
        "rows": rows,
        "group": _("Group"),
        "csv": charts.csv_address(this),
    }


@register.inclusion_tag("ui/_map.html", name="map")
def world_map(this: Map) -> dict[str, Any]:
    """The map with its legend, its pins once more as a list, and its source."""
    return {
        "map": this,
        "outlines": maps.outlines(this),
        "pins": maps.placed(this.pins),
        "kinds": maps.kinds(this.pins),
        "legend": [(shade, words_) for shade, words_ in this.legend.items() if shade in this.shaded.values()],
    }
