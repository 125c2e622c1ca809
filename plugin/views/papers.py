"""Downloads: issued papers and filed scans, shown by the browser and kept in no cache."""

from __future__ import annotations

from typing import Final

from flask import Response

from .. import blobs
from ..access import Permission, requires
from ..blueprint import bp
from ..services.papers import bytes_of

# A browser shows a PDF or a picture in a page of its own making, which inherits our policy: that page needs its own
# styles, and the PDF viewer embeds the file. Scripts stay shut out.
_POLICY: Final = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_SHOWN: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@bp.route("/papers/<int:paper_id>.pdf")
@requires(Permission.SEE_PATIENTS)
def papers_download(paper_id: int) -> Response:
    """The same bytes as on the day of issue."""
    content, name = bytes_of(paper_id)
    return shown_file(content, "application/pdf", name)


@bp.route("/scans/<int:blob_id>")
@requires(Permission.SEE_PATIENTS)
def scans_download(blob_id: int) -> Response:
    """A filed scan as it came."""
    content, media_type = blobs.get(blob_id)
    return shown_file(content, media_type, f"scan-{blob_id}.{_SHOWN.get(media_type, 'bin')}")


def shown_file(content: bytes, media_type: str, name: str) -> Response:
    """Only what a browser shows without running it is shown; anything else is saved."""
    shown = media_type in _SHOWN
    answer = Response(content, mimetype=media_type if shown else "application/octet-stream")
    answer.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
