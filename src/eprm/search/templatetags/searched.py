"""What the search can do with a file, in templates of the apps that hold files."""

from django import template

from eprm.search.queries.files import gap_said_of

register = template.Library()
register.filter("search_gap", gap_said_of)
