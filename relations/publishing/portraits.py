"""How a picture comes to the desk: judged by its content, made anew, kept under the hash of what was made.

Of the upload nothing is kept but its pixels: no name, no metadata, nothing that was appended. Nothing public changes.
"""

from __future__ import annotations

import hashlib
import io
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from relations.models import Portrait, Rendition

from .refusals import Refusal

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
# In pixels: a list; a page, on a plain screen and on one with twice the dots; and what others may show of it.
WIDTHS = (96, 192, 384, 768)
LEAST = 192
QUALITY = 78

_ONE_AT_A_TIME = threading.Lock()  # the largest picture takes up to 400 MB while it is decoded
Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # for what Pillow opens inside of what it opens
TOO_MANY = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What decoders raise for what is damaged, beside what they should.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, IndexError, EOFError, struct.error, zlib.error)


class NotAPicture(Refusal):
    """The upload cannot become a portrait."""


def keep_portrait(upload: IO[bytes], *, by: AbstractBaseUser | None) -> Portrait:
    """Makes the renditions of an upload, keeps them and returns the picture: the same one for the same upload.

    Takes up to a second: call it outside a transaction. Raises NotAPicture, in words, and keeps nothing then.
    """
    made = renditions(upload)
    width, height, widest = made[-1]
    with transaction.atomic():
        portrait, is_new = Portrait.objects.get_or_create(
            sha256=hashlib.sha256(widest).hexdigest(),
            defaults={"width": width, "height": height, "widths": [each[0] for each in made], "made_by": by},
        )
        if is_new:
            Rendition.objects.bulk_create(
                Rendition(portrait=portrait, width=width, content=content) for width, _height, content in made
            )
    return portrait


def renditions(upload: IO[bytes]) -> list[tuple[int, int, bytes]]:
    """(width, height, WebP file) for each width of ``WIDTHS`` up to the picture's own, the narrowest first.

    Raises NotAPicture. Size and format are read from the head of the file: what is too large is never decoded.
    """
    if upload.seek(0, io.SEEK_END) > MOST_BYTES:
        raise NotAPicture(_("This file is too large. At most 10 MB."))
    upload.seek(0)
    with _refusing():
        picture = Image.open(upload, formats=FORMATS)
    _refuse_odd(*picture.size)
    with _refusing(), _ONE_AT_A_TIME:
        picture = _upright(picture)
    widths = [width for width in WIDTHS if width < picture.width] + [min(picture.width, WIDTHS[-1])]
    return [_rendition(picture, width) for width in sorted(set(widths))]


@contextmanager
def _refusing() -> Iterator[None]:
    """Says in words what the decoder says in exceptions."""
    try:
        yield
    except TOO_MANY as error:
        raise NotAPicture(_too_many()) from error
    except DAMAGED as error:
        raise NotAPicture(_("This is no JPEG, PNG or WebP picture, or it is damaged. Choose another file.")) from error


def _too_many() -> str:
    return _("This picture has too many pixels. At most 25 million, for example 5000 × 5000.")


def _refuse_odd(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise NotAPicture(_too_many())
    if min(width, height) < LEAST:
        raise NotAPicture(_("This picture is too small. At least 192 pixels wide and high; 768 look best."))
    if max(width, height) > 2 * min(width, height):
        raise NotAPicture(_("This picture is too long. Cut it so that no side is more than twice the other."))


def _upright(picture: Image.Image) -> Image.Image:
    """The pixels alone: the right way up, no larger than needed, in sRGB, on white where they were transparent."""
    profile = picture.info.get("icc_profile")
    if picture.mode == "P":
        picture = picture.convert("RGBA")
    picture.thumbnail((2 * WIDTHS[-1], 2 * WIDTHS[-1]))
    picture = ImageOps.exif_transpose(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    elif profile:
        picture = _in_srgb(picture, profile)
    picture = picture.convert("RGB")
    picture.info.clear()
    return picture


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The same colors without their profile; as they are where the profile makes no sense."""
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *DAMAGED):
        return picture


def _rendition(picture: Image.Image, width: int) -> tuple[int, int, bytes]:
    height = round(picture.height * width / picture.width)
    file = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(file, "WEBP", quality=QUALITY, method=6)
    return width, height, file.getvalue()
