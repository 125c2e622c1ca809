"""Headers of our own responses: a strict content policy and no copies; a header that a host set stays as it is."""

from __future__ import annotations

import secrets

from flask import Response, g

_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def csp_nonce() -> str:
    """The nonce of this response; drawn when first asked for, since a host's CSRF check can abort before our hooks."""
    if "kostenklar_nonce" not in g:
        g.kostenklar_nonce = secrets.token_urlsafe(16)
    return str(g.kostenklar_nonce)


def protect(response: Response) -> Response:
    """Add what is missing; never over a host's own."""
    headers = {
        "Content-Security-Policy": _POLICY.format(nonce=csp_nonce()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
    }
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response
