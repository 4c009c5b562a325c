"""Photos as they come in: drawn anew, so that nothing of the camera's own notes is left.

A phone writes the place, the time, its serial number and a small second picture into a photo's file (EXIF, XMP, IPTC).
Decoding the picture and encoding it again as JPEG keeps what is seen, and nothing else.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

from eprm.ui import words
from eprm.visits.models.field import LARGE, SMALL

FORMATS = ("JPEG", "PNG", "WEBP")
ENDINGS = ".jpg,.jpeg,.png,.webp"
MOST_BYTES = 12 * 1024 * 1024
# More than a phone's camera takes. A JPEG is decoded at a fraction of its size; the others are whole in memory first,
# so that 12 million pixels are some 150 MB.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}
MOST_OTHERWISE = 12_500_000
QUALITY = 78
FIVE_PLACES = Decimal("0.00001")


class NotAPicture(ValueError):
    """The bytes are no photo we can keep; the message is a sentence for whoever sent them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo drawn anew. `position` is latitude and longitude as its file had them, in degrees (WGS 84), or None."""

    large: bytes
    small: bytes
    width: int
    height: int
    position: tuple[Decimal, Decimal] | None


def read_picture(content: bytes, name: str) -> Picture:
    """Draw a photo anew. Raises NotAPicture, quoting the file's name, for what is none or is too large."""
    if len(content) > MOST_BYTES:
        raise NotAPicture(
            _("“%(name)s” has %(size)s. A photo may have at most %(most)s: choose a smaller size on the phone.")
            % {"name": name, "size": words.size(len(content)), "most": words.size(MOST_BYTES)}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                return _drawn_anew(image, name)
    except NotAPicture:
        raise
    except Exception as problem:  # a broken file fails in any part of the decoder
        raise NotAPicture(
            _("“%(name)s” is not a photo we can read. Send it as JPEG, PNG or WebP.") % {"name": name}
        ) from problem


def _drawn_anew(image: Image.Image, name: str) -> Picture:
    width, height = image.size
    if width * height > MOST_PIXELS.get(image.format or "", MOST_OTHERWISE):
        raise NotAPicture(
            _("“%(name)s” has %(width)s × %(height)s pixels. Choose a smaller size on the phone.")
            % {"name": name, "width": words.number(width), "height": words.number(height)}
        )
    position = _position_in(image)
    image.thumbnail((LARGE, LARGE))
    large = _on_white(ImageOps.exif_transpose(image))
    small = large.copy()
    small.thumbnail((SMALL, SMALL))
    return Picture(_jpeg(large), _jpeg(small), *large.size, position)


def _on_white(image: Image.Image) -> Image.Image:
    """Only the colours: a new picture without any of the old one's notes."""
    drawn = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        drawn.paste(image, mask=image.getchannel("A"))
    else:
        drawn.paste(image.convert("RGB"))
    return drawn


def _jpeg(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return made.getvalue()


def _position_in(image: Image.Image) -> tuple[Decimal, Decimal] | None:
    try:
        told = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(told[ExifTags.GPS.GPSLatitude], told[ExifTags.GPS.GPSLatitudeRef] == "S")
        longitude = _degrees(told[ExifTags.GPS.GPSLongitude], told[ExifTags.GPS.GPSLongitudeRef] == "W")
        return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
    except Exception:  # what a phone writes here is anybody's guess; without a position the photo is as good
        return None


def _degrees(told: Any, negative: bool) -> Decimal:
    degrees, minutes, seconds = (float(part) for part in told)
    value = Decimal(degrees + minutes / 60 + seconds / 3600).quantize(FIVE_PLACES)
    return -value if negative else value
