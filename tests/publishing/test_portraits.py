"""How an upload becomes a picture of ours, and which uploads do not."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from relations.models import Portrait, Rendition
from relations.publishing import portraits
from relations.publishing.portraits import NotAPicture, keep_portrait, renditions
from tests.pictures import head_of_png, picture

SECRET = b"45.4215 N, 75.6972 W"


def made(content: bytes) -> list[tuple[int, int, bytes]]:
    return renditions(io.BytesIO(content))


def sizes(content: bytes) -> list[tuple[int, int]]:
    return [(width, height) for width, height, _content in made(content)]


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_webp_in_four_widths(kind):
    found = made(picture(kind, (1000, 1250)))
    assert [(width, height) for width, height, _content in found] == [(96, 120), (192, 240), (384, 480), (768, 960)]
    for width, height, content in found:
        assert (opened(content).format, opened(content).size) == ("WEBP", (width, height))


def test_a_small_one_is_not_made_larger():
    assert sizes(picture(size=(240, 300))) == [(96, 120), (192, 240), (240, 300)]
    assert sizes(picture(size=(192, 240))) == [(96, 120), (192, 240)]


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("GIF"),
        picture("BMP"),
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"",
    ],
)
def test_what_is_no_picture_of_these_kinds_is_refused(content):
    with pytest.raises(NotAPicture, match="This is no JPEG, PNG or WebP picture"):
        made(content)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_way_to_keep_pixels_is_read(mode):
    gray = Image.linear_gradient("L").resize((200, 250))
    file = io.BytesIO()
    (Image.frombytes("I;16", (200, 250), bytes(100_000)) if mode == "I;16" else gray.convert(mode)).save(file, "PNG")
    assert sizes(file.getvalue())[-1] == (200, 250)


def test_what_is_transparent_becomes_white():
    file = io.BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(made(file.getvalue())[0][2]).convert("RGB").getpixel((50, 50)) == (255, 255, 255)


def test_it_stands_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right
    content = picture(size=(300, 240), exif=exif.tobytes())
    width, height, shown = made(content)[-1]
    assert (width, height) == (240, 300)
    pixels = opened(shown).convert("L")
    assert pixels.getpixel((20, 150)) > pixels.getpixel((220, 150)) + 100  # the light was below


def test_nothing_is_left_of_what_the_file_said_beside_its_pixels():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    jpeg = picture("JPEG", exif=exif.tobytes(), comment=SECRET) + b"<script>" + SECRET
    webp = picture("WEBP", exif=exif.tobytes(), xmp=SECRET)
    for content in (jpeg, webp):
        assert SECRET in content
        for _width, _height, shown in made(content):
            assert SECRET not in shown
            assert not any(part in shown for part in (b"EXIF", b"XMP ", b"ICCP", b"<script>"))


def of_one_color(color: tuple[int, int, int], profile: bytes) -> tuple[int, int, int]:
    """What a picture of this color and this profile is in the end."""
    file = io.BytesIO()
    Image.new("RGB", (200, 200), color).save(file, "PNG", icc_profile=profile)
    return opened(made(file.getvalue())[0][2]).convert("RGB").getpixel((50, 50))


def test_colors_keep_their_meaning_without_their_profile():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"temp").replace(b"bXYZ", b"rXYZ").replace(b"temp", b"bXYZ")  # its red is our blue
    red, _green, blue = of_one_color((200, 30, 30), swapped)
    assert red < 60 < 170 < blue
    for harmless in (srgb, b"no profile at all", swapped[:100]):
        red, _green, blue = of_one_color((200, 30, 30), harmless)
        assert blue < 60 < 170 < red


@pytest.mark.parametrize(("width", "height"), [(5001, 5000), (20_000, 20_000), (65_000, 65_000)])
def test_too_many_pixels_are_refused_by_the_head_of_the_file(monkeypatch, width, height):
    monkeypatch.setattr(portraits, "_upright", lambda picture: pytest.fail("it was decoded"))
    with pytest.raises(NotAPicture, match="At most 25 million"):
        made(head_of_png(width, height))


@pytest.mark.slow
def test_twenty_five_million_pixels_are_not_too_many():
    assert sizes(picture("PNG", (5000, 5000), "1"))[-1] == (768, 768)


def test_too_many_bytes_are_refused_unread():
    with pytest.raises(NotAPicture, match="At most 10 MB"):
        made(picture() + bytes(portraits.MOST_BYTES))


@pytest.mark.parametrize("size", [(191, 300), (300, 191), (16, 16)])
def test_a_picture_that_is_too_small_is_refused(size):
    with pytest.raises(NotAPicture, match="too small"):
        made(picture(size=size))


def test_a_banner_is_no_portrait():
    with pytest.raises(NotAPicture, match="too long"):
        made(picture(size=(801, 400)))
    assert sizes(picture(size=(800, 400)))[-1] == (768, 384)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_file_is_refused_in_words(kind):
    whole = picture(kind)
    for part in (whole[: len(whole) // 2], whole[:40]):
        with pytest.raises(NotAPicture, match="or it is damaged"):
            made(part)


@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.lists(st.tuples(st.integers(0, 199), st.integers(0, 255))))
@settings(max_examples=40)
def test_a_damaged_head_is_never_an_error_of_ours(kind, changes):
    damaged = bytearray(picture(kind, (192, 200)))
    for place, value in changes:
        damaged[place] = value
    try:
        made(bytes(damaged))
    except NotAPicture as refusal:
        assert str(refusal)  # noqa: PT017 - some damage does not show, so that nothing is raised


@pytest.mark.django_db
def test_it_is_kept_under_the_hash_of_its_widest_rendition():
    portrait = keep_portrait(io.BytesIO(picture(size=(400, 500))), by=None)
    kept = {each.width: bytes(each.content) for each in portrait.renditions.all()}
    assert (portrait.width, portrait.height, portrait.widths) == (400, 500, [96, 192, 384, 400])
    assert sorted(kept) == portrait.widths
    assert portrait.sha256 == hashlib.sha256(kept[400]).hexdigest()


@pytest.mark.django_db
def test_the_same_upload_is_kept_once():
    first, again = (keep_portrait(io.BytesIO(picture()), by=None) for _each in range(2))
    assert (first, Portrait.objects.count(), Rendition.objects.count()) == (again, 1, 3)


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_behind():
    with pytest.raises(NotAPicture):
        keep_portrait(io.BytesIO(head_of_png(9000, 9000)), by=None)
    assert not Portrait.objects.exists()
