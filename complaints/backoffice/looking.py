"""Which files can be looked at inside the admin, and a picture made anew for that.

What came in is never shown itself: a picture is decoded and written again, smaller, so that nothing
hidden in it reaches a browser. Whatever can't be decoded safely is a download only.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from complaints.intake.pictures import MAX_PIXELS
from complaints.models import Attachment

#: As the type that was found out at receipt, from the content and not from the name.
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
PDF = "application/pdf"
#: The longer side of what is shown, in pixels.
LARGEST = 2000


class CanNotBeShown(ValueError):
    """The picture is damaged or too large to decode."""


def is_pdf(attachment: Attachment) -> bool:
    return attachment.content_type == PDF


def may_be_shown(attachment: Attachment) -> bool:
    """A picture or a PDF, and not locked away."""
    return attachment.may_be_opened and (attachment.content_type in PICTURES or is_pdf(attachment))


def picture_to_show(attachment: Attachment) -> tuple[str, bytes]:
    """Content type and bytes of a new picture. Raises `CanNotBeShown`, or OSError where the
    storage can't give the file."""
    with attachment.file.open("rb") as stored:
        data = stored.read()
    try:
        with Image.open(io.BytesIO(data), formats=[PICTURES[attachment.content_type]]) as image:
            return _drawn_again(image)
    except (Image.DecompressionBombError, ValueError, SyntaxError, EOFError, OSError) as error:
        raise CanNotBeShown(type(error).__name__) from error


def _drawn_again(image: Image.Image) -> tuple[str, bytes]:
    if image.width * image.height > MAX_PIXELS:
        raise CanNotBeShown("too many pixels")
    # Lets a JPEG be decoded small at once; no effect on others.
    image.draft("RGB", (LARGEST, LARGEST))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LARGEST, LARGEST))
    has_holes = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    out = io.BytesIO()
    if has_holes:
        upright.convert("RGBA").save(out, "PNG")
        return "image/png", out.getvalue()
    upright.convert("RGB").save(out, "JPEG", quality=88)
    return "image/jpeg", out.getvalue()
