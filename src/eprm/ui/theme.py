"""Light, dark, or as the device has it: a choice kept in a cookie and drawn by the server, so no page flashes."""

from django.http import HttpRequest, HttpResponse

COOKIE = "theme"
CHOICES = ("light", "dark")
ONE_YEAR = 365 * 24 * 60 * 60


def theme_of(request: HttpRequest) -> str:
    """ "light" or "dark" where the person chose it; "" for as the device has it."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in CHOICES else ""


def keep_theme(response: HttpResponse, chosen: str, *, secure: bool) -> None:
    """Keep the choice for a year; anything but light and dark forgets it."""
    if chosen in CHOICES:
        response.set_cookie(COOKIE, chosen, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
