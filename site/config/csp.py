"""Which Content-Security-Policy an address gets. docs/security.md says why.

The public pages get the strict one without exceptions: no inline script, no inline style, no other
host, no nonce (so that a cached page is the same for everybody).
"""

from django.conf import settings

SELF, NONE, UNSAFE_INLINE = "'self'", "'none'", "'unsafe-inline'"

Directives = dict[str, list[str]]

PUBLIC: Directives = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "media-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    # Wagtail's preview shows a public page inside a frame of the admin.
    "frame-ancestors": [SELF],
}

# Wagtail's admin: pictures from file inputs and avatars, previews in frames, and inline scripts and
# styles of its date and time widgets and of the translation editor. A nonce would switch
# 'unsafe-inline' off.
STAFF: Directives = PUBLIC | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
}

STAFF_PATHS = ("/admin/",)


def policy_for(path: str) -> Directives:
    """The directives for an address; with the hosts of stored pictures if they lie elsewhere."""
    chosen = STAFF if path.startswith(STAFF_PATHS) else PUBLIC
    hosts = list(getattr(settings, "CSP_MEDIA_HOSTS", []))
    if not hosts:
        return chosen
    return chosen | {name: [*chosen[name], *hosts] for name in ("img-src", "media-src")}
