"""The API described for people, from the description that programs read."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from eprm.api.site import api


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can ask for."""

    method: str
    path: str
    summary: str
    description: str
    answers: tuple[str, ...]


def api_docs(request: HttpRequest) -> HttpResponse:
    """Every operation, as a list."""
    schema = api.get_openapi_schema()
    operations = [
        Operation(
            method=method.upper(),
            path=path,
            summary=operation["summary"],
            description=operation.get("description", ""),
            answers=tuple(str(code) for code in operation["responses"]),
        )
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "api/api_docs.html", {"operations": operations})
